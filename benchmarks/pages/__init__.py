"""The pages under granian, as Noaber serves them, against the same pages under gunicorn."""
