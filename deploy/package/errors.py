"""The error that the command prints without a traceback."""


class PackagingError(Exception):
    """The source or the environment does not allow a working artefact; the message says why."""
