"""Local stand-ins for cloud storage, which keep files in a folder."""
