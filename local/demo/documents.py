"""The steps about files: a résumé is read from a PDF, scanned for a job, and written in several formats."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import httpx

from local.demo.app import expect

if TYPE_CHECKING:
    from local.demo.app import App

DATA: Final = Path(__file__).resolve().parents[2] / "tests" / "data"
PDF: Final = DATA / "import" / "dev" / "engineer_two_equal.pdf"
JOB: Final = DATA / "jobs" / "backend-engineer.txt"
FORMATS: Final = ("pdf", "docx", "latex", "png")


class Documents:
    """A user's files.

    Parameters
    ----------
    user
        The app of the user.
    out
        Folder for the files that are left.
    """

    def __init__(self, user: App, out: Path) -> None:
        self.user, self.out = user, out
        self.upload_id = self.resume_id = ""

    def read(self) -> str:
        """Upload a PDF and import it."""
        truth = json.loads(PDF.with_suffix(".json").read_text())["truth"]
        path = f"{self.user.id}/{uuid4()}.pdf"
        self.user.client.storage.from_("resumes").upload(path, PDF.read_bytes(), {"content-type": "application/pdf"})
        row: Any = {"file_name": PDF.name, "path": path, "file_size_bytes": PDF.stat().st_size}
        rows: Any = self.user.client.table("resume_uploads").insert(row).execute().data
        self.upload_id = rows[0]["id"]
        answer = self._call("resume-import", {"upload_id": self.upload_id})
        result, receipt = answer["result"], answer["receipt"]
        self.resume_id = result["resume_id"]
        content = result["content"]
        expect(content["personalInfo"]["name"] == truth["name"], f"the name is {content['personalInfo'].get('name')}")
        companies = [job.get("company") for job in content["experience"]]
        expect(companies == [job["company"] for job in truth["experience"]], f"the employers are {companies}")
        return (
            f"{PDF.name} is read as {result['status']}: {truth['name']}, {len(companies)} jobs in order, "
            f"{len(result['fields'])} fields with confidence and place. The {receipt['funding']} pays."
        )

    def scan(self) -> str:
        """Scan the imported résumé and its file for a job."""
        job = {"title": "Backend engineer", "description": JOB.read_text()}
        request = {"resume_id": self.resume_id, "upload_id": self.upload_id, "job": job}
        result = self._call("ats-scan", request)["result"]
        rules, asked = result["parseability"]["rules"], result["coverage"]["requirements"]
        missing = [each for each in asked if each["verdict"] == "missing"]
        expect(asked and missing, "the posting asks for nothing, or nothing is missing")
        failed = [rule["title"] for rule in rules if rule["status"] == "fail"]
        return (
            f"Parseability {result['parseability']['score']}, {len(failed)} of {len(rules)} rules failed. Coverage "
            f"{result['coverage']['score']}: {len(asked) - len(missing)} of {len(asked)} requirements. First step: "
            f"{missing[0]['next_step']}"
        )

    def write(self) -> str:
        """Export the résumé in several formats."""
        names = []
        for form in FORMATS:
            answer = self._call("resume-export", {"resume_id": self.resume_id, "format": form})
            content = httpx.get(answer["url"], timeout=30).raise_for_status().content
            expect(len(content) == answer["size"], f"the {form} has {len(content)} bytes")
            file = self.out / f"resume.{answer['file_name'].rpartition('.')[2]}"
            file.write_bytes(content)
            names.append(file.name)
        return f"{', '.join(names)} are in {self.out.name}/, each from a link that works for an hour."

    def share(self) -> str:
        """Share the résumé, and read its page as somebody without an account."""
        row: Any = {"is_public": True, "share_pdf": True}
        rows: Any = self.user.client.table("resumes").update(row).eq("id", self.resume_id).execute().data
        url = f"{self.user.url}/functions/v1/share/{rows[0]['share_slug']}"
        page = httpx.get(url, headers={"accept": "text/html"}, timeout=30).raise_for_status()
        name, email = rows[0]["content"]["personalInfo"]["name"], rows[0]["content"]["personalInfo"]["email"]
        expect(name in page.text and email not in page.text, "the page shows no name, or the email address")
        file = self.out / "shared.html"
        file.write_bytes(page.content)
        self.user.client.table("resumes").update({"is_public": False}).eq("id", self.resume_id).execute()
        gone = httpx.get(url, timeout=30).status_code
        expect(gone == httpx.codes.NOT_FOUND, f"the page that is no longer shared answers {gone}")
        return f"{file.name} is in {self.out.name}/. It has no email address, and its link ends with the sharing."

    def _call(self, function: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        answer: Any = self.user.client.functions.invoke(function, {"body": body})
        return json.loads(answer)
