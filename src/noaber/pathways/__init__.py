"""What happens with one request for help."""
