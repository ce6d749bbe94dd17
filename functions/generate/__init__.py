"""AI writing: texts that state only facts that the user has given, returned as patches for the client to apply."""
