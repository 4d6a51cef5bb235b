"""The planning engine against a plain search over the grid."""
