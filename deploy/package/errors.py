"""What can go wrong when packaging, in one place so that the command prints it without a traceback."""


class PackagingError(Exception):
    """The source or the environment does not allow an artefact that would run; the message says what to do."""
