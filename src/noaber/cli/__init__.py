"""The command `noaber`: everything a person types to run, test and look after an installation."""
