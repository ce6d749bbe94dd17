"""A user's path with supabase-py, from sign-up to a shared résumé. Needs SUPABASE_URL and SUPABASE_PUBLISHABLE_KEY."""

import json
import os
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import jsonpatch
import jsonpointer

from supabase import ClientOptions, create_client

SAMPLE = Path(__file__).resolve().parent.parent / "sample"
URL, KEY = os.environ["SUPABASE_URL"], os.environ["SUPABASE_PUBLISHABLE_KEY"]
client = create_client(URL, KEY, ClientOptions(function_client_timeout=30))


def call(function: str, body: dict[str, Any]) -> Any:
    """Call a function that answers at once."""
    return client.functions.invoke(function, {"body": body, "responseType": "json"})


def write(key: str, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Print a text while it is written. Return `result` or `error`, and its data. A retry with the same key is free."""
    headers = {"apikey": KEY, "Authorization": f"Bearer {token}", "Idempotency-Key": key, "Accept": "text/event-stream"}
    event = ""
    with httpx.stream("POST", f"{URL}/functions/v1/generate", headers=headers, json=body, timeout=60) as response:
        if response.is_error:
            return "error", json.loads(response.read())
        for name, _, value in (line.partition(": ") for line in response.iter_lines()):
            event = value if name == "event" else event
            if name == "data" and event in {"result", "error"}:
                return event, json.loads(value)
            if name == "data" and event == "delta":
                print("  …", json.loads(value)["text"])
    raise ConnectionError("The stream broke: send the same key again.")


user = client.auth.sign_up({"email": f"{uuid4().hex}@example.com", "password": "a long enough password"})
token = user.session.access_token if user.session else ""
read = call("resume-import", {"text": (SAMPLE / "resume.txt").read_text()})["result"]
print(f"Read {len(read['fields'])} fields of {read['content']['personalInfo']['name']}.")

request = {"operation": "summary", "resume_id": read["resume_id"], "input": {"length": "long"}}
print("A summary costs", call("generate?dry_run=true", request)["receipt"]["charged"], "credits.")
_, answer = write("first", request)
result, receipt = answer["result"], answer["receipt"]
for each in result["grounding"]["sentences"]:  # start and end count code points, as Python does
    lines = [jsonpointer.resolve_pointer(read["content"], pointer) for pointer in each["evidence"]]
    print(f"{each['verdict']}: {result['text'][each['start'] : each['end']]} From: {lines}")
content = jsonpatch.apply_patch(read["content"], result["patch"])
save = {"id": read["resume_id"], "base_version": result["base_version"], "content": content}
saved: Any = client.rpc("resume_save", {**save, "change_type": "ai_optimized"}).execute().data
print(f"Saved as version {saved['version']}; the balance is {receipt['balance']}.")
print("The same key again is free:", write("first", request)[1] == answer)

outcome, request["input"] = "result", {"length": "short"}
while outcome == "result" and answer["receipt"]["charged"]:  # the free writer charges nothing
    outcome, answer = write(uuid4().hex, request)
print("Refused:", answer["status"], answer["code"]) if outcome == "error" else print("The free writer costs nothing.")
item = {"kind": "pack", "item": "pack_20", "provider": "stripe", "currency": "USD"}
pages = {"success_url": "https://example.com/thanks", "cancel_url": "https://example.com/"}
checkout = call("billing/checkout", {**item, **pages})["checkout"]
httpx.get(checkout["url"])  # the customer pays: on the local stack, to open the page is enough
order = call("billing/verify", {"stripe_session_id": checkout["session_id"]})["order"]
print(f"The order is {order['status']}: {order['credits']} credits.")

scan = {"resume_id": read["resume_id"], "job": {"description": (SAMPLE / "job.txt").read_text()}}
print("It fits the job:", call("ats-scan", scan)["result"]["coverage"]["score"], "of 100.")
print("PDF:", call("resume-export", {"resume_id": read["resume_id"], "format": "pdf"})["url"])
shared: Any = client.table("resumes").update({"is_public": True}).eq("id", read["resume_id"]).execute().data
print(f"Shared: {URL}/functions/v1/share/{shared[0]['share_slug']}")
