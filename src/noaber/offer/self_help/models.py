"""Self-help modules: steps, exercises and reminders for anyone."""
