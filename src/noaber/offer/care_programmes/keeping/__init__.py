"""How providers keep their waits true: page, mail, file, system."""
