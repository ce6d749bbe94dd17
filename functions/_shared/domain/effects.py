"""Effects: the rows that an operation leaves behind, written in the transaction that charges for it.

The work of `run_paid` keeps them with `Hold.keep`. For each ``kind`` the database has a function
``private.effect_<kind>``, which takes the user, the résumé and the job from the operation. A new kind is a class here
and such a function.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from functions._shared.domain.json import Json

Name = Annotated[str, StringConstraints(max_length=255)]
Label = Annotated[str, StringConstraints(max_length=100)]
Count = Annotated[int, Field(ge=0)]
Version = Annotated[int, Field(ge=1)]


class Effect(BaseModel):
    """The base of all effects.

    Attributes
    ----------
    kind : str
        Names the database function that writes it.
    id : UUID
        Id of the row, chosen before it is written, so that the stored answer can name it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    id: UUID = Field(default_factory=uuid4)

    def row(self) -> dict[str, Any]:
        """Return the effect as the database takes it."""
        return self.model_dump(mode="json", exclude_none=True)


class KeepBullets(Effect):
    """Bullets in ``resume_bullets``.

    Attributes
    ----------
    session_id : UUID or None
        The interview that asked.
    question : str or None
        What the user was asked, if anybody asked.
    transcript : str
        The user's words; empty if there are none.
    bullets : list of str
        The delivered bullets.
    role, experience : str or None
        The role and the employer that they are about.
    """

    kind: Literal["bullets"] = "bullets"
    session_id: UUID | None = None
    question: Annotated[str, StringConstraints(min_length=1, max_length=2_000)] | None = None
    transcript: Annotated[str, StringConstraints(max_length=50_000)] = ""
    bullets: Annotated[list[str], Field(max_length=50)]
    role: Name | None = None
    experience: Name | None = None


class KeepDocument(Effect):
    """A letter, an answer or a message in ``generated_documents``.

    Attributes
    ----------
    document_type : str
        ``cover_letter``, ``answer`` or ``outreach``.
    title, content : str
        Its heading and text; users may edit both.
    prompt : str or None
        The application question, or the recipient of the message.
    resume_version : int or None
        Version of the résumé that it was written from.
    ai_provider, model_used : str or None
        Who wrote it.
    """

    kind: Literal["document"] = "document"
    document_type: Literal["cover_letter", "answer", "outreach"]
    content: Annotated[str, StringConstraints(min_length=1, max_length=50_000)]
    title: Name | None = None
    prompt: Annotated[str, StringConstraints(max_length=5_000)] | None = None
    resume_version: Version | None = None
    ai_provider: Annotated[str, StringConstraints(max_length=50)] | None = None
    model_used: Label | None = None


class KeepAnalysis(Effect):
    """A completed analysis in ``analyses``; its score goes to the résumé.

    Attributes
    ----------
    analysis_type : str
        ``ats_score``, ``keyword_match``, ``full_analysis`` or ``optimization``.
    resume_version : int or None
        Version of the résumé that was analysed.
    job_title, company, job_description : str or None
        The job, also where none was saved.
    score : int or None
        0 to 100; None if it is unknown.
    keywords_matched, keywords_missing : int or None
        Keywords of the job that the résumé shows, and that it does not.
    issues : list
        Findings.
    suggestions : list of str
        What to do about them.
    results : dict
        Everything else.
    ai_provider, model_used, tokens_used, estimated_cost, processing_time_ms
        How it was made.
    """

    kind: Literal["analysis"] = "analysis"
    analysis_type: Literal["ats_score", "keyword_match", "full_analysis", "optimization"]
    resume_version: Version | None = None
    job_title: Name | None = None
    company: Name | None = None
    job_description: Annotated[str, StringConstraints(max_length=100_000)] | None = None
    score: Annotated[int, Field(ge=0, le=100)] | None = None
    keywords_matched: Count | None = None
    keywords_missing: Count | None = None
    issues: list[Json] = []
    suggestions: Annotated[list[str], Field(max_length=200)] = []
    results: Json = {}
    ai_provider: Annotated[str, StringConstraints(max_length=50)] | None = None
    model_used: Label | None = None
    tokens_used: Count | None = None
    estimated_cost: Annotated[Decimal, Field(ge=0)] | None = None
    processing_time_ms: Count | None = None


class KeepJobData(Effect):
    """What an advertisement states, in ``jobs.extracted_data``. A job that was deleted meanwhile does not come back.

    Attributes
    ----------
    id : UUID
        The job, which is the operation's.
    extracted_data : dict
        It replaces what was extracted before.
    """

    kind: Literal["job_data"] = "job_data"
    extracted_data: Json


class KeepDownload(Effect):
    """A file in ``resume_downloads``.

    Attributes
    ----------
    format : str
        ``pdf``, ``docx``, ``latex``, ``overleaf``, ``html``, ``markdown``, ``json`` or ``png``.
    generation_id : UUID or None
        The long-running task that made it.
    resume_version : int or None
        Version of the résumé that it shows.
    file_path : str or None
        Path in the bucket ``exports``, in the user's folder.
    file_size_bytes : int or None
        Its size.
    """

    kind: Literal["download"] = "download"
    format: Literal["pdf", "docx", "latex", "overleaf", "html", "markdown", "json", "png"]
    generation_id: UUID | None = None
    resume_version: Version | None = None
    file_path: str | None = None
    file_size_bytes: Count | None = None


class KeepResume(Effect):
    """A new résumé, as a draft. The plan limits how many a user has.

    Attributes
    ----------
    title : str
        Its title.
    content : dict
        Valid résumé content.
    change_type : str
        Of its first version.
    change_summary : str or None
        Of its first version.
    layout : dict or None
        Differences from its template.
    template_id : UUID or None
        Its template; the default one if it is None, or one that the user may not choose.
    parent_version : int or None
        For a variant of the operation's résumé: the version that was copied.
    for_job : bool
        Whether it was written for the operation's job.
    """

    kind: Literal["resume"] = "resume"
    title: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    content: Json
    change_type: Literal["import", "ai_optimized"] = "import"
    change_summary: Annotated[str, StringConstraints(max_length=500)] | None = None
    layout: Json | None = None
    template_id: UUID | None = None
    parent_version: Version | None = None
    for_job: bool = False


class NoteGeneration(Effect):
    """On the task of the operation, in ``resume_generations``: the résumé that it made, with its template and content.

    Attributes
    ----------
    id : UUID
        The résumé, an effect before this one.
    role_type : str or None
        The role that it was written for.
    session_id : UUID or None
        The interview that it was written from.
    """

    kind: Literal["generation"] = "generation"
    role_type: Name | None = None
    session_id: UUID | None = None


class KeepUpload(Effect):
    """What was read from a file, in ``resume_uploads``: on the row of the upload, or on a new one.

    Attributes
    ----------
    file_name : str
        The name that the user knows.
    path : str
        Path in the bucket ``resumes``, in the user's folder. That of an existing row does not change.
    file_size_bytes : int
        Its size.
    parsed_data : dict
        What was read.
    confidence : float
        From 0 to 1.
    resume_id : UUID or None
        The résumé that was made of it.
    is_new : bool
        Whether the row is new. A row that the user has deleted meanwhile does not come back.
    """

    kind: Literal["upload"] = "upload"
    is_new: bool
    file_name: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    path: str
    file_size_bytes: Count
    parsed_data: Json
    confidence: Annotated[float, Field(ge=0, le=1)]
    resume_id: UUID | None = None


class FailUpload(Effect):
    """Why an uploaded file was not read. Goes with a release.

    Attributes
    ----------
    id : UUID
        The upload.
    message : str
        For the user.
    """

    kind: Literal["upload_failed"] = "upload_failed"
    message: str


class PartOfTask(Effect):
    """The task whose part an operation was done for. The charge is refused if it was cancelled or taken over.

    Attributes
    ----------
    id : UUID
        The task.
    attempt : int
        The claim that did it.
    """

    kind: Literal["task_part"] = "task_part"
    attempt: Annotated[int, Field(ge=1)]


class EndTask(Effect):
    """The end of the task that an operation was done for. Goes with a release, too.

    Attributes
    ----------
    id : UUID
        The task.
    attempt : int
        The claim that did it. A charge is refused if the task has ended or was taken over.
    code, message : str or None
        Why it failed; None if it is completed.
    """

    kind: Literal["task_end"] = "task_end"
    attempt: Annotated[int, Field(ge=1)]
    code: Label | None = None
    message: str | None = None
