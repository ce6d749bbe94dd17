"""The contract of the `Mailer` port, against a folder and SES (real boto3 and moto's server)."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto.ses.models import ses_backends

from functions._shared.adapters.aws.mailer import SesMailer, build
from functions._shared.adapters.folder.mailer import FolderMailer
from functions._shared.domain.errors import MailRefused, MailUnavailable
from functions._shared.ports.mailer import Mail
from tests.fakes.bucket import REGION, Bucket, new_bucket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

SENDER = "Café <hello@example.com>"
LINK = "https://api.example.com/functions/v1/account/unsubscribe/job_alerts.x"
MAIL = Mail(
    id="5f0c6b1e-8a35-4f5c-9a51-000000000001",
    to="zoe@example.com",
    subject="Grüße, “Zoë”",
    text="Grüße\n",
    html="<p>Grüße</p>\n",
)


@pytest.fixture(scope="module")
def aws() -> Iterator[Bucket]:
    with new_bucket() as account:
        yield account


@pytest.fixture
def ses(aws: Bucket, monkeypatch: pytest.MonkeyPatch) -> Any:
    for name, value in aws.variables().items():
        monkeypatch.setenv(name, value)
    client = boto3.client("sesv2")
    client.create_email_identity(EmailIdentity="hello@example.com")
    return client


def sent_by_ses() -> list[Any]:
    return list(ses_backends["123456789012"][REGION].sent_messages)


def in_folder(folder: Path) -> list[EmailMessage]:
    return [message_from_bytes(each.read_bytes(), policy=policy.default) for each in sorted(folder.glob("*.eml"))]


async def test_the_folder_has_a_mail_in_both_forms(tmp_path: Path) -> None:
    await FolderMailer(SENDER, str(tmp_path / "mails")).send(replace(MAIL, unsubscribe=LINK))
    (mail,) = in_folder(tmp_path / "mails")
    assert (mail["From"], mail["To"], mail["Subject"]) == (SENDER, MAIL.to, MAIL.subject)
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert (plain.get_content(), page.get_content()) == (MAIL.text, MAIL.html)
    assert mail["X-Mail-Id"] == MAIL.id
    assert mail["List-Unsubscribe"] == f"<{LINK}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


async def test_the_folder_has_a_mail_once_however_often_it_is_sent(tmp_path: Path) -> None:
    mailer = FolderMailer(SENDER, str(tmp_path))
    for _ in range(2):
        await mailer.send(MAIL)
    (mail,) = in_folder(tmp_path)
    assert mail["List-Unsubscribe"] is None


async def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(MailUnavailable):
        await FolderMailer(SENDER, str(tmp_path / "file")).send(MAIL)


async def test_ses_gets_a_mail_in_both_forms(ses: Any) -> None:
    asked: list[dict[str, Any]] = []
    ses.meta.events.register("provide-client-params.sesv2.SendEmail", lambda params, **_: asked.append(params))
    before = len(sent_by_ses())
    await SesMailer(SENDER, lambda: ses).send(replace(MAIL, unsubscribe=LINK))
    (sent,) = sent_by_ses()[before:]
    assert (sent.source, sent.subject, sent.destinations["ToAddresses"]) == (SENDER, MAIL.subject, [MAIL.to])
    (params,) = asked
    assert params["EmailTags"] == [{"Name": "mail_id", "Value": MAIL.id}]
    content = params["Content"]["Simple"]
    assert {each["Name"]: each["Value"] for each in content["Headers"]} == {
        "X-Mail-Id": MAIL.id,
        "List-Unsubscribe": f"<{LINK}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert (content["Body"]["Text"]["Data"], content["Body"]["Html"]["Data"]) == (MAIL.text, MAIL.html)


@pytest.mark.usefixtures("ses")
async def test_a_sender_that_is_not_verified_is_tried_again() -> None:
    with pytest.raises(MailUnavailable):
        await build("nobody@elsewhere.example").send(MAIL)


@pytest.mark.parametrize(
    ("code", "message", "raised"),
    [
        ("MessageRejected", "Address blacklisted.", MailRefused),
        ("BadRequestException", "Missing final '@domain'", MailRefused),
        ("MessageRejected", "Email address is not verified. The following identities failed", MailUnavailable),
        ("MessageRejected", "Sending paused for this account.", MailUnavailable),
        ("SendingPausedException", "", MailUnavailable),
        ("TooManyRequestsException", "Maximum sending rate exceeded.", MailUnavailable),
        ("LimitExceededException", "", MailUnavailable),
        ("AccessDeniedException", "not authorized to perform: ses:SendEmail", MailUnavailable),
    ],
)
async def test_an_error_of_ses_is_about_the_mail_or_passes(code: str, message: str, raised: type[Exception]) -> None:
    from botocore.exceptions import ClientError

    class Refusing:
        def send_email(self, **_: object) -> None:
            raise ClientError({"Error": {"Code": code, "Message": message}}, "SendEmail")

    with pytest.raises(raised):
        await SesMailer(SENDER, Refusing).send(MAIL)


async def test_ses_that_cannot_be_reached_is_unavailable(aws: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in aws.variables("http://127.0.0.1:9").items():
        monkeypatch.setenv(name, value)
    with pytest.raises(MailUnavailable):
        await build(SENDER).send(MAIL)
