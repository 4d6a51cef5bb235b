"""What every floor stands on: errors, identifiers, intervals. Standard library only."""
