"""Sending the mails in the queue, and writing them: from what is true now, in the user's language where we have it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

from functions._shared import logs
from functions._shared.domain.errors import MailRefused, MailUnavailable
from functions._shared.ports.mailer import Mail
from functions.cleanup.mail_texts import language_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from functions._shared.ports.mailer import Mailer
    from functions._shared.ports.mails import DueMail, Mails
    from functions.cleanup.mail_texts import Language

_BATCH: Final = 10
"""Mails that are taken at once. Their lease in the queue is longer than sending them can take."""
_PAGE: Final = """<!DOCTYPE html>
<html lang="{code}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{subject}</title></head>
<body style="margin:0;padding:24px;background:#f4f4f5;color:#18181b;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:560px;margin:0 auto;padding:24px 32px;background:#ffffff;border-radius:8px">
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">{subject}</h1>
{body}
</div>
<p style="max-width:560px;margin:16px auto 0;padding:0 32px;font-size:13px;color:#52525b">{footer}</p>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What is in every mail: the product's name and page, and the address of the functions for unsubscribe links."""

    product: str
    site_url: str
    functions_url: str


@dataclass(frozen=True, slots=True)
class Mailroom:
    """The queue, and who delivers; without a mailer, mail is off, and what is due ends unsent."""

    mails: Mails
    mailer: Mailer | None
    letterhead: Letterhead | None


async def send_due(room: Mailroom) -> AsyncIterator[tuple[int, dict[str, Any]]]:
    """Send what is due, in batches; yield how many were sent, and details for the report.

    A mail is sent at least once: a run that is killed between sending and noting leaves it to the next one, with the
    same id. If the mail service does not answer, the rest waits.
    """
    if room.mailer is None or room.letterhead is None:
        while ended := await room.mails.skip(100):
            yield 0, {"skipped": ended}
        return
    while True:
        due = await room.mails.due(_BATCH)
        if due.given_up:
            logs.logger().error("mail_given_up", extra={"mails": due.given_up})
        sent = failed = 0
        for each in due.mails:
            try:
                await room.mailer.send(write(each, room.letterhead))
            except MailRefused as error:
                logs.logger().warning("mail_refused", extra={"mail_id": each.id, "kind": each.kind, "code": error.code})
                failed += await room.mails.end(each.id, "failed")
            except MailUnavailable:
                yield sent, {"failed": failed}
                raise
            else:
                sent += await room.mails.end(each.id, "sent")
        counts = {"skipped": due.skipped, "failed": failed + due.given_up}
        yield sent, {name: count for name, count in counts.items() if count}
        if not due.mails and not due.skipped and not due.given_up:
            return


def write(due: DueMail, head: Letterhead) -> Mail:
    """Write a mail as plain text and as a page."""
    language = language_of(due.locale)
    link = f"{head.functions_url}/functions/v1/account/unsubscribe/{due.unsubscribe}" if due.unsubscribe else None
    subject, paragraphs = _texts(due, language, head)
    lists = _lists(due.facts, language)
    footer = language.words["optional" if link else "required"].format(product=head.product)
    stop = language.words["unsubscribe"]
    lines = [*paragraphs]
    for title, items in lists:
        lines.append("\n".join([f"{title}:", *(f"- {item}" for item in items)]))
    lines.append(f"-- \n{footer}" + (f"\n{stop}: {link}" if link else ""))
    return Mail(
        id=due.id,
        to=due.address,
        subject=_one_line(subject),
        text="\n\n".join(lines) + "\n",
        html=_PAGE.format(
            code=language.code,
            subject=escape(subject),
            body=_body(paragraphs, lists, head.site_url),
            footer=escape(footer)
            + (f' <a href="{escape(link)}" style="color:#52525b">{escape(stop)}</a>' if link else ""),
        ),
        unsubscribe=link,
    )


def _texts(due: DueMail, language: Language, head: Letterhead) -> tuple[str, list[str]]:
    """Return subject and paragraphs. A paragraph about something that the mail has not is left out."""
    facts, words = due.facts, language.words
    subject, paragraphs = language.mails[due.kind]
    values = {"product": head.product, "site": words["site"].format(url=head.site_url) if head.site_url else ""}
    for name in ("erased_after", "paid_at", "ended_at"):
        if facts.get(name):
            values["date"] = language.date(facts[name])
    if "amount" in facts:
        values["amount"] = language.amount(facts["amount"], facts["currency"])
    values |= {name: str(facts[name]) for name in ("number", "plan", "balance") if facts.get(name) is not None}
    if due.kind == "credits_low" and facts["balance"] in {0, 1}:
        few = "one_credit" if facts["balance"] else "no_credits"
        subject, paragraphs = words[f"{few}_subject"], (words[few], *paragraphs[1:])
    if facts.get("was_trial"):
        subject, paragraphs = words["trial_ended_subject"], (words["trial_ended"], *paragraphs[1:])
    if due.kind == "receipt" and "plan" not in values:
        paragraphs = tuple(text for text in paragraphs if "{plan}" not in text)
    return subject.format_map(values), [text.format_map(values) for text in paragraphs]


def _lists(facts: dict[str, Any], language: Language) -> list[tuple[str, list[str]]]:
    words, lists = language.words, []
    for name, line, tell in (("interviews", "coming", language.time), ("waiting", "since", language.date)):
        jobs = facts.get(name)
        if not jobs:
            continue
        items = [words[line].format(job=_job(job, language), when=tell(job["at"])) for job in jobs]
        more = facts[f"{name}_count"] - len(jobs)
        lists.append((words[name], [*items, words["more"].format(n=more)] if more else items))
    return lists


def _job(job: dict[str, Any], language: Language) -> str:
    title, company = _one_line(job["title"]), _one_line(job.get("company") or "")
    return language.words["job"].format(title=title, company=company) if company else title


def _body(paragraphs: Sequence[str], lists: Sequence[tuple[str, Sequence[str]]], site_url: str) -> str:
    parts = [f'<p style="margin:0 0 16px">{_linked(text, site_url)}</p>' for text in paragraphs]
    for title, items in lists:
        parts.append(f'<h2 style="margin:24px 0 8px;font-size:16px">{escape(title)}</h2>')
        rows = "".join(f'<li style="margin:0 0 4px">{escape(item)}</li>' for item in items)
        parts.append(f'<ul style="margin:0 0 16px;padding-left:20px">{rows}</ul>')
    return "\n".join(parts)


def _linked(text: str, url: str) -> str:
    made = escape(text)
    if not url:
        return made
    return made.replace(escape(url), f'<a href="{escape(url)}" style="color:#1d4ed8">{escape(url)}</a>')


def _one_line(text: str) -> str:
    """Without line breaks, which would end a header or a list item."""
    return " ".join(text.split())
