"""AWS Lambda on this machine, as far as one function needs it: Runtime API, container, events.

`awslambdaric`, the client that AWS runs in its Python images, asks a server for its next event and posts the answer
back. `Container` is that server together with the process; `events` makes the events as AWS sends them and reads
answers as API Gateway does.
"""

from local.lambda_runtime.container import Answer, Container, InitFailedError, Runtime

__all__ = ["Answer", "Container", "InitFailedError", "Runtime"]
