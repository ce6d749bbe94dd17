"""The parts of AWS Lambda that one function needs, on this machine: Runtime API, container and events.

`awslambdaric`, the client in AWS's Python images, requests the next event from a server and posts the answer back.
`Container` is that server and the function's process; `events` builds events in AWS's formats and reads answers as API
Gateway does. Tests and benchmarks use it.
"""

from local.lambda_runtime.container import Answer, Container, InitFailedError, Runtime

__all__ = ["Answer", "Container", "InitFailedError", "Runtime"]
