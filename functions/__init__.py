"""Resumebase functions: one folder is one deployable function and one URL."""
