"""Who keeps the entries true: the desk, editing, 'klopt dit nog?', trust that fades, gaps and other words."""
