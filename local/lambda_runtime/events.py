"""Builds events in AWS's formats and reads a function's answers as API Gateway does.

Formats: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
(payload 2.0), https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html and
https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html.
"""

from __future__ import annotations

import base64
import json
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import md5
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from local.lambda_runtime.container import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from local.lambda_runtime.api import Streamed

# API Gateway passes bodies of these types as text and all others as base64.
_TEXT = ("text/", "application/json", "application/javascript", "application/xml")


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """The response that the API's client receives. Header names are lower case; repeated headers are kept."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 - any JSON value
        """Parse the body."""
        return json.loads(self.body)

    def header(self, name: str) -> str | None:
        """Return the first value of a header."""
        return next((value for key, value in self.headers if key == name.lower()), None)


def http_event(
    method: str,
    url: str,
    *,
    route: str,
    headers: Iterable[tuple[str, str]] = (),
    body: bytes | None = None,
    source_ip: str = "203.0.113.7",
) -> dict[str, Any]:
    """Build an API Gateway v2 (HTTP API) event, payload format 2.0.

    Parameters
    ----------
    method, url
        The request; `url` is a path with an optional query, percent-encoded as on the wire.
    route
        The route key's path in the template, `/functions/v1/generate/{proxy+}`, without the method.
    headers
        Names may repeat: AWS joins their values with commas, lower-cases names and lists cookies separately.
    body
        Becomes text for AWS's text types, and base64 for all other types and for encoded bodies.
    source_ip
        The client's address.

    Returns
    -------
    dict
        The event.
    """
    parts = urlsplit(url)
    path = unquote(parts.path)
    joined: dict[str, list[str]] = {}
    cookies: list[str] = []
    for name, value in headers:
        if name.lower() == "cookie":
            cookies += [cookie.strip() for cookie in value.split(";")]
        else:
            joined.setdefault(name.lower(), []).append(value)
    domain = "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com"
    joined.setdefault("host", [domain])
    joined["x-forwarded-for"] = [*joined.get("x-forwarded-for", []), source_ip]
    joined |= {"x-forwarded-port": ["443"], "x-forwarded-proto": ["https"]}
    joined["x-amzn-trace-id"] = [f"Root=1-{int(time.time()):08x}-{uuid.uuid4().hex[:24]}"]
    if body is not None:
        joined.setdefault("content-length", [str(len(body))])
    sent = {name: ",".join(values) for name, values in sorted(joined.items())}
    now = datetime.now(UTC)
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": f"ANY {route}",
        "rawPath": path,
        "rawQueryString": parts.query,
        "headers": sent,
        "requestContext": {
            "accountId": ACCOUNT,
            "apiId": "a1b2c3d4e5",
            "domainName": domain,
            "domainPrefix": "a1b2c3d4e5",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": source_ip,
                "userAgent": sent.get("user-agent", ""),
            },
            "requestId": uuid.uuid4().hex[:15] + "=",
            "routeKey": f"ANY {route}",
            "stage": "$default",
            "time": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
            "timeEpoch": int(now.timestamp() * 1000),
        },
        "isBase64Encoded": False,
    }
    if cookies:
        event["cookies"] = cookies
    query: dict[str, list[str]] = {}
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        query.setdefault(name, []).append(value)
    if query:
        event["queryStringParameters"] = {name: ",".join(values) for name, values in query.items()}
    prefix, proxied, _ = route.partition("{proxy+}")
    if proxied:
        event["pathParameters"] = {"proxy": path.removeprefix(prefix)}
    if body is not None:
        is_text = sent.get("content-type", "").startswith(_TEXT) and "content-encoding" not in sent
        event["body"] = body.decode() if is_text else base64.b64encode(body).decode()
        event["isBase64Encoded"] = not is_text
    return event


def url_event(
    method: str, url: str, *, headers: Iterable[tuple[str, str]] = (), body: bytes | None = None
) -> dict[str, Any]:
    """Build an event of a function URL without IAM: payload 2.0 with another domain, no route and no account."""
    event = http_event(method, url, route="", headers=headers, body=body)
    url_id = "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6"
    domain = f"{url_id}.lambda-url.eu-central-1.on.aws"
    event["routeKey"] = event["requestContext"]["routeKey"] = "$default"
    event["headers"]["host"] = domain
    event["requestContext"] |= {
        "accountId": "anonymous",
        "apiId": url_id,
        "domainName": domain,
        "domainPrefix": url_id,
        "requestId": str(uuid.uuid4()),
    }
    return event


def url_answer(streamed: Streamed) -> HttpAnswer:
    """Read an answer in pieces as a function URL in streaming mode does: status and headers, 8 NUL bytes, the body.

    Raises
    ------
    ValueError
        There are no 8 NUL bytes.
    """
    prelude, separator, body = b"".join(piece for _, piece in streamed.pieces).partition(bytes(8))
    if not separator:
        raise ValueError(prelude)
    document = json.loads(prelude)
    pairs = [(name.lower(), str(value)) for name, value in document["headers"].items()]
    pairs += [("set-cookie", cookie) for cookie in document["cookies"]]
    return HttpAnswer(document["statusCode"], pairs, body)


def http_answer(payload: object) -> HttpAnswer:
    """Read a function's return value as API Gateway does (payload format 2.0).

    A value without `statusCode` becomes a JSON body with status 200, a malformed answer the gateway's own 500.
    """
    if not isinstance(payload, dict) or "statusCode" not in payload:
        return HttpAnswer(200, [("content-type", "application/json")], json.dumps(payload).encode())
    headers, body = payload.get("headers") or {}, payload.get("body") or ""
    well_formed = isinstance(payload["statusCode"], int) and isinstance(headers, dict) and isinstance(body, str)
    if not well_formed or any(isinstance(value, list | dict) for value in headers.values()):
        return HttpAnswer(500, [("content-type", "application/json")], b'{"message":"Internal Server Error"}')
    pairs = [(name.lower(), str(value)) for name, value in headers.items()]
    pairs += [("set-cookie", cookie) for cookie in payload.get("cookies") or []]
    raw = base64.b64decode(body) if payload.get("isBase64Encoded") else body.encode()
    return HttpAnswer(payload["statusCode"], pairs, raw)


def scheduler_event(name: str, *, region: str = "eu-central-1") -> dict[str, Any]:
    """Build the event that EventBridge Scheduler sends to a target without its own input."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": ACCOUNT,
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": region,
        "resources": [f"arn:aws:scheduler:{region}:{ACCOUNT}:schedule/default/{name}"],
        "detail": "{}",
    }


def sqs_event(queue: str, bodies: Sequence[str], *, region: str = "eu-central-1") -> dict[str, Any]:
    """Build a batch of queue messages that are delivered for the first time."""
    now = str(int(time.time() * 1000))
    return {
        "Records": [
            {
                "messageId": str(uuid.uuid4()),
                "receiptHandle": uuid.uuid4().hex,
                "body": body,
                "attributes": {
                    "ApproximateReceiveCount": "1",
                    "SentTimestamp": now,
                    "SenderId": "AIDAEXAMPLE",
                    "ApproximateFirstReceiveTimestamp": now,
                },
                "messageAttributes": {},
                "md5OfBody": md5(body.encode(), usedforsecurity=False).hexdigest(),
                "eventSource": "aws:sqs",
                "eventSourceARN": f"arn:aws:sqs:{region}:{ACCOUNT}:{queue}",
                "awsRegion": region,
            }
            for body in bodies
        ]
    }
