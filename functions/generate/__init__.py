"""AI writing: texts that say only what the résumé says, as patches the client may apply."""
