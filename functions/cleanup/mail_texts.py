"""The texts of mails, by language: English and German. `mailing` fills them in.

In braces: ``product``; ``date`` in the words of the language; ``site``, the product's address or nothing; and what the
mail is about.
"""

# ruff: noqa: E501 - a paragraph is a line

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from functions._shared.domain.documents.locales import locale_of
from functions._shared.domain.payments.money import money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from functions._shared.ports.mails import MailKind


@dataclass(frozen=True, slots=True)
class Language:
    """The texts of one language.

    Parameters
    ----------
    code : str
        Of the language (ISO 639-1).
    mails : mapping
        Subject and paragraphs by kind of mail.
    comma : bool
        Whether decimals follow a comma.
    words : mapping
        Everything else.
    """

    code: str
    mails: Mapping[MailKind, tuple[str, tuple[str, ...]]]
    comma: bool
    words: Mapping[str, str]

    def date(self, text: str) -> str:
        """Return the UTC day of a moment from the database."""
        return locale_of(self.code).day(_moment(text).date())

    def time(self, text: str) -> str:
        """Return day and time of a moment from the database, in UTC."""
        return f"{self.date(text)}, {_moment(text):%H:%M} UTC"

    def amount(self, smallest: int, currency: str) -> str:
        """Return an amount with its currency, from the smallest unit."""
        text = money(smallest, currency)
        if not self.comma:
            return text
        return f"{text.removeprefix(currency).strip().translate(_COMMA)} {currency}"


_COMMA: Final = str.maketrans(",.", ".,")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


ENGLISH: Final = Language(
    code="en",
    mails={
        "deletion_requested": (
            "Your {product} account is deleted",
            (
                "You have deleted your {product} account. Nobody can see your data any more, and links to shared résumés no longer work.",
                "On {date} we will erase it for good. Until then you can restore it: sign in and choose “Restore account”.{site}",
                "If it was not you, sign in, restore the account and change your password.",
            ),
        ),
        "deletion_final": (
            "Your {product} account will be erased on {date}",
            (
                "You deleted your {product} account some time ago. On {date} we will erase it with everything in it. Nobody can bring it back after that.",
                "If you want to keep it, sign in before then and choose “Restore account”.{site}",
            ),
        ),
        "account_erased": (
            "Your {product} account has been erased",
            (
                "Your {product} account and your data in it are erased. Only what the law requires stays, such as our books of payments, without your name.",
                "This is the last e-mail about this account. We have now deleted this address, too.",
            ),
        ),
        "receipt": (
            "Your payment to {product}: {amount}",
            (
                "Thank you. We have received your payment of {amount} on {date}. The number of your receipt is {number}.",
                "Plan: {plan}",
                "You find the receipt as PDF in your account, under payments.{site}",
            ),
        ),
        "plan_ended": (
            "Your plan {plan} has ended",
            (
                "Your plan {plan} at {product} ended on {date}. Your résumés and all your data stay; the limits of the free plan now apply.",
                "You can choose a plan again at any time.{site}",
            ),
        ),
        "credits_low": (
            "You have {balance} credits left",
            ("You have {balance} credits left at {product}.", "You can get more in your account.{site}"),
        ),
        "weekly_digest": (
            "Your applications this week",
            ("This is what is open in your job search at {product}.{site}",),
        ),
    },
    comma=False,
    words={
        "site": " {url}",
        "one_credit_subject": "You have 1 credit left",
        "one_credit": "You have 1 credit left at {product}.",
        "no_credits_subject": "You have no credits left",
        "no_credits": "You have no credits left at {product}.",
        "trial_ended_subject": "Your trial of {plan} has ended",
        "trial_ended": "Your trial of {plan} at {product} ended on {date}. Your résumés and all your data stay; the limits of the free plan now apply.",
        "interviews": "Interviews to come",
        "waiting": "No answer yet",
        "since": "{job}: since {when}",
        "coming": "{job}: {when}",
        "job": "{title}, {company}",
        "more": "and {n} more",
        "required": "You get this e-mail because it is about your account. It cannot be turned off.",
        "optional": "You get this e-mail because your settings at {product} say so.",
        "unsubscribe": "Unsubscribe",
    },
)

GERMAN: Final = Language(
    code="de",
    mails={
        "deletion_requested": (
            "Dein Konto bei {product} ist gelöscht",
            (
                "Du hast dein Konto bei {product} gelöscht. Niemand sieht deine Daten mehr, und Links zu geteilten Lebensläufen führen ins Leere.",
                "Am {date} löschen wir es endgültig. Bis dahin kannst du es wiederherstellen: Melde dich an und wähle „Konto wiederherstellen“.{site}",
                "Warst du das nicht? Dann melde dich an, stelle das Konto wieder her und ändere dein Passwort.",
            ),
        ),
        "deletion_final": (
            "Dein Konto bei {product} wird am {date} endgültig gelöscht",
            (
                "Du hast dein Konto bei {product} vor einiger Zeit gelöscht. Am {date} löschen wir es endgültig, mit allem, was darin ist. Danach kann es niemand mehr zurückholen.",
                "Möchtest du es behalten, dann melde dich vorher an und wähle „Konto wiederherstellen“.{site}",
            ),
        ),
        "account_erased": (
            "Dein Konto bei {product} ist endgültig gelöscht",
            (
                "Dein Konto bei {product} und deine Daten darin sind gelöscht. Es bleibt nur, was das Gesetz verlangt, etwa unsere Bücher über Zahlungen, ohne deinen Namen.",
                "Das ist die letzte E-Mail zu diesem Konto. Auch diese Adresse haben wir jetzt gelöscht.",
            ),
        ),
        "receipt": (
            "Deine Zahlung an {product}: {amount}",
            (
                "Vielen Dank. Wir haben am {date} deine Zahlung über {amount} erhalten. Die Nummer deiner Quittung ist {number}.",
                "Tarif: {plan}",
                "Die Quittung als PDF findest du in deinem Konto unter Zahlungen.{site}",
            ),
        ),
        "plan_ended": (
            "Dein Tarif {plan} ist beendet",
            (
                "Dein Tarif {plan} bei {product} endete am {date}. Deine Lebensläufe und alle deine Daten bleiben; nun gelten die Grenzen des kostenlosen Tarifs.",
                "Du kannst jederzeit wieder einen Tarif wählen.{site}",
            ),
        ),
        "credits_low": (
            "Du hast noch {balance} Credits",
            ("Du hast bei {product} noch {balance} Credits.", "Neue bekommst du in deinem Konto.{site}"),
        ),
        "weekly_digest": (
            "Deine Bewerbungen in dieser Woche",
            ("Das ist in deiner Stellensuche bei {product} offen.{site}",),
        ),
    },
    comma=True,
    words={
        "site": " {url}",
        "one_credit_subject": "Du hast noch 1 Credit",
        "one_credit": "Du hast bei {product} noch 1 Credit.",
        "no_credits_subject": "Du hast keine Credits mehr",
        "no_credits": "Du hast bei {product} keine Credits mehr.",
        "trial_ended_subject": "Deine Probezeit für {plan} ist beendet",
        "trial_ended": "Deine Probezeit für {plan} bei {product} endete am {date}. Deine Lebensläufe und alle deine Daten bleiben; nun gelten die Grenzen des kostenlosen Tarifs.",
        "interviews": "Anstehende Gespräche",
        "waiting": "Noch ohne Antwort",
        "since": "{job}: seit {when}",
        "coming": "{job}: {when}",
        "job": "{title}, {company}",
        "more": "und {n} weitere",
        "required": "Du bekommst diese E-Mail, weil sie dein Konto betrifft. Sie lässt sich nicht abbestellen.",
        "optional": "Du bekommst diese E-Mail, weil deine Einstellungen bei {product} es so sagen.",
        "unsubscribe": "Abbestellen",
    },
)

_LANGUAGES: Final = {each.code: each for each in (ENGLISH, GERMAN)}


def language_of(locale: str | None) -> Language:
    """Return the texts in the language of a locale such as ``de-AT``, or else in English."""
    return _LANGUAGES.get((locale or "").replace("_", "-").partition("-")[0].lower(), ENGLISH)
