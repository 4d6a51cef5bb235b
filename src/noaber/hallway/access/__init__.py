"""Who may do what with which thing: one decision table, read by lists and pages alike."""
