"""The step about interviews: six questions for a job, each answer judged, and a report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from local.demo.app import StepFailed, expect
from local.demo.documents import JOB

if TYPE_CHECKING:
    from pathlib import Path

    from local.demo.app import App

ANSWERS: Final = (
    (
        "In 2021 our booking service at Flügelrad took 1,900 ms at the median, and I led the six engineers who "
        "moved it off the old monolith. I measured where the time went, found that 70 per cent was one query for "
        "seat maps, and put a Redis cache before it. As a result the median fell to 420 ms in six weeks, and "
        "support got a third fewer complaints. So I know how to find a cause before I change anything."
    ),
    (
        "I expire nothing by time. I let the writer publish a message when a seat changes, and each server drops "
        "that key. In the first month two messages were lost in a deployment, and for eleven minutes travellers "
        "saw seats that were taken. I added a version number to each seat map, so that a stale one is refused when"
        " somebody books. Since then nobody has booked a taken seat."
    ),
    (
        "When we moved 120 scheduled jobs to Kubernetes in 2022, some ran twice. I wrote a small Python library "
        "that takes a lock in PostgreSQL and stores the result under a key, and I moved the jobs one team at a "
        "time. The double runs stopped, and the on-call rotation of four teams got eight fewer alarms a week."
    ),
    (
        "I have carried a pager for four teams. In the first month I would read the last ten incident reports, "
        "then pick the alarm that fires most often and find out whether anybody acts on it. If nobody does, I "
        "would remove it together with its owners. At Flügelrad I did that once and cut our alarms from 31 to 12 a"
        " week."
    ),
    (
        "We inherited a monolith in PHP that nobody dared to change. I split the booking service off first, "
        "because it changed most often, and I wrote tests that compare both versions on real traffic. I decided to"
        " keep both running for five weeks. We found 14 differences, fixed nine, and switched over on a Tuesday "
        "morning without an outage."
    ),
    "It depends on the situation, hard to say.",
)


class Practice:
    """A user's interview.

    Parameters
    ----------
    user
        The app of the user.
    out
        Folder for the report.
    """

    def __init__(self, user: App, out: Path) -> None:
        self.user, self.out = user, out

    def run(self, resume_id: str) -> str:
        """Answer six questions and leave the report."""
        job = {"title": "Senior Backend Engineer", "description": JOB.read_text()}
        interview = self._call("", {"resume_id": resume_id, "job": job, "questions": len(ANSWERS)})["result"]
        question, turn = interview["current"], {}
        for answer in ANSWERS:
            turn = self._call(f"/{interview['id']}/turns", {"question": question["number"], "answer": answer})["result"]
            question = turn["next"]
        expect(question is None, f"{question} is left")
        report = self._call(f"/{interview['id']}/complete", {})["result"]
        file = self.out / "interview.json"
        file.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
        for form in ("pdf", "docx"):
            document: Any = self.user.client.functions.invoke(
                f"interview/{interview['id']}/report/{form}", {"method": "GET"}
            )
            if not isinstance(document, bytes):
                raise StepFailed(f"the report as {form} is no file")
            (self.out / f"interview.{form}").write_bytes(document)
        followed = sum(each["question"]["follows_up"] for each in report["interview"]["exchanges"])
        price = turn["price"]
        return (
            f"{interview['interviewer']['name']} asks {len(ANSWERS)} questions, {followed} of them as a follow-up. "
            f"Score {report['score']}; the {price['funding']} pays once. The report is in {self.out.name}/, "
            "as JSON, PDF and DOCX."
        )

    def _call(self, path: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        options: Any = {"headers": {"Idempotency-Key": str(uuid4())}, "body": body}
        answer: Any = self.user.client.functions.invoke(f"interview{path}", options)
        return json.loads(answer)
