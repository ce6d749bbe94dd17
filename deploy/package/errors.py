"""The error that the command prints without a traceback."""


class PackagingError(Exception):
    """Source or environment do not allow a working artefact; the message says why."""
