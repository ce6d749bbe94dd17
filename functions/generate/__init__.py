"""AI writing: texts that state only facts of the user, returned as patches that the client may apply."""
