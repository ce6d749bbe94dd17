"""Name, headline and contact details."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any, Final

from functions.resume_import.dates import find_dates, trim
from functions.resume_import.headline import headline
from functions.resume_import.values import Value
from functions.resume_import.vocabulary.headings import TITLES_OF_DOCUMENT, normal, section_of
from functions.resume_import.vocabulary.patterns import CONTACT_LABEL, NETWORKS, PLACE_LABEL, TOWN, URL
from functions.resume_import.vocabulary.words import is_place, title_weight

if TYPE_CHECKING:
    from collections.abc import Iterable

    from functions._shared.domain.documents.form import Link
    from functions.resume_import.reading.lines import Text

_EMAIL: Final = re.compile(
    r"(?<![A-Za-z0-9._+%-])[A-Za-z0-9][\w.+%-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}\.[A-Za-z]{2,24}"
)
_PHONE: Final = re.compile(
    r"(?<![\w/.@-])\(?(?:\+|00)?\s?\(?\d[\d\s().\u2010-\u2013/-]{5,22}\d(?:\s?(?:x|ext\.?)\s?\d{1,5})?(?![\w@])"
)
_BOX: Final = re.compile(r"\b(?:box|postfach|apartado|boîte postale|b\.?p\.?)[\s.:]*$", re.IGNORECASE)
_GREETING: Final = re.compile(
    r"^(?:hello|hi|hey|i\s?['’]\s?m|i am|my name is|ich bin|je suis|soy|sono)\b", re.IGNORECASE
)
_SEPARATORS: Final = re.compile(r"\s*[|•·∙⋅◦▪●■♦⬧‖／]\s*|\s{3,}|\t|\s+[–—-]\s+|\s+/\s+")
_NAME_LABEL: Final = re.compile(
    r"^(?:full name|name|nom|nombre|nome|naam|vor- und nachname|姓名|氏名|नाम)\s*"
    r"(?:[:：]|(?<=[姓氏]名)\s)\s*(.+?)(?:\s*[(（][\u3040-\u30ff\s]+[)）])?$",
    re.IGNORECASE,
)
_NAME_WORD: Final = re.compile(r"^[^\W\d_][^\d@/\\|:;<>{}=+*]*$")
_DOCUMENT: Final = frozenset(
    ["resume", "résumé", "cv", "curriculum", "sample", "template", "portfolio", "lebenslauf", "currículum", "page",
     "seite"]
)  # fmt: skip
_POSTAL: Final = re.compile(r"\b\d{4,6}(?:-\d{3,4})?\b|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b|\b\d{4}\s?[A-Z]{2}\b")


def _value(text: str, confidence: float, source: Text | None) -> Value:
    return Value(text, confidence, source.page if source else None, source.box if source else None)


def person(
    header: list[Text], details: list[Text], everything: list[Text], links: Iterable[Link]
) -> tuple[dict[str, Any], set[int]]:
    """Find the name and the contact details.

    Parameters
    ----------
    header : list of Text
        The lines before the first heading.
    details : list of Text
        The lines of sections with contact details.
    everything : list of Text
        All lines: where the rest is looked for.
    links : iterable of Link
        Links on the first page.

    Returns
    -------
    dict, set
        ``personalInfo``, and the ids of the lines that are used up.
    """
    used: set[int] = set()
    info: dict[str, Any] = {}
    links = list(links)
    places = [*header, *details]
    info["email"] = _email(places, everything, links, used)
    info["phone"] = _phone(places, everything, links, used)
    _urls(info, places, links, used)
    info["name"], name_lines = _name(header, everything, info)
    used |= name_lines
    info["location"] = _location(places, used)
    info["headline"] = headline(header, used, name_lines)
    return info, used


def _email(places: list[Text], everything: list[Text], links: list[Link], used: set[int]) -> Value | None:
    found: Value | None = None
    for texts in (places, everything):
        for text in texts:
            if match := _EMAIL.search(text.text.replace(" @ ", "@")):
                used.add(id(text))
                found = found or _value(match[0].rstrip("."), 0.99, text)
        if found:
            return found
    for link in links:
        if link.url.lower().startswith("mailto:") and (match := _EMAIL.search(link.url)):
            return Value(match[0], 0.9)
    # An address that is wrapped: "jane.doe@" and "example.com" on the next line.
    for before, after in itertools.pairwise(places):
        if "@" in before.text + after.text[:1] and (
            match := _EMAIL.search(before.text.split()[-1] + after.text.split()[0])
        ):
            used |= {id(before), id(after)}
            return _value(match[0], 0.8, before)
    return None


def _phone(places: list[Text], everything: list[Text], links: list[Link], used: set[int]) -> Value | None:
    found: Value | None = None
    for text in places:
        for match in _PHONE.finditer(_without(text.text, _EMAIL, URL)):
            number = match[0].strip(" .-/")
            if _is_phone(number) and not _BOX.search(text.text, 0, match.start()):
                used.add(id(text))
                found = found or _value(
                    number if number.count("(") == number.count(")") else number.strip("()"), _sure(number), text
                )
    if found:
        return found
    for link in links:
        if link.url.lower().startswith("tel:"):
            return Value(link.url[4:].replace("%20", " ").strip(), 0.9)
    for text in everything[:200]:
        whole = _PHONE.fullmatch(text.text.strip())
        if whole and _is_phone(whole[0]):
            used.add(id(text))
            return _value(whole[0], 0.85, text)
        labelled = re.search(
            r"(?:phone|tel|mobile|cell|handy|telefon|电话|手机|電話|फ़ोन)[^\d+(]{0,12}([+(\d][\d\s().-]{6,20}\d)",
            text.text,
            re.IGNORECASE,
        )
        if labelled and _is_phone(labelled[1]):
            return _value(labelled[1], 0.8, text)
    return None


def _without(text: str, *patterns: re.Pattern[str]) -> str:
    for pattern in patterns:
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _is_phone(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    if not 7 <= len(digits) <= 15 or re.fullmatch(r"(?:19|20)\d\d\s*[-–/]\s*(?:19|20)\d\d", number):
        return False
    found = find_dates(number)
    if found and found[0].end - found[0].begin > 0.7 * len(number):
        return False
    groups = re.findall(r"\d+", number)
    return number[0] in "+(0" or len(digits) >= 9 or (len(digits) == 7 and len(groups) == 2) or len(groups) >= 3


def _sure(number: str) -> float:
    """Return how sure a number is: a possible one in its country is."""
    import phonenumbers

    for region in (None, "US", "GB"):
        try:
            if phonenumbers.is_possible_number(phonenumbers.parse(number, region)):
                return 0.98
        except phonenumbers.NumberParseException:
            continue
    return 0.85


def _urls(info: dict[str, Any], places: list[Text], links: list[Link], used: set[int]) -> None:
    seen: set[str] = set()
    profiles: list[dict[str, Any]] = []
    found: list[tuple[str, Text | None]] = []
    for text in places:
        rest = _EMAIL.sub(" ", text.text)
        for match in URL.finditer(rest):
            found.append((match[0].rstrip(".,;"), text))
            used.add(id(text))
    top = max((text.box.bottom for text in places if text.page == 0), default=0.0)
    for link in links:
        near = link.box is None or any(
            text.page == 0
            and text.box.top - 3 <= link.box.top <= text.box.bottom + 3
            and text.box.left - 20 <= link.box.left <= text.box.right + 20
            for text in places
        )
        if link.url.startswith("http") and near and (link.box is None or link.box.top <= top):
            found.append((link.url, None))
    for url, source in found:
        bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", url).rstrip("/")
        known = any(bare.casefold() in each or (each in bare.casefold() and "/" in each) for each in seen)
        if not known:
            seen.add(bare.casefold())
            _add_url(info, profiles, url, bare, source or next(iter(places), None))
    if profiles:
        info["profiles"] = profiles


def _add_url(info: dict[str, Any], profiles: list[dict[str, Any]], url: str, bare: str, source: Text | None) -> None:
    host = bare.split("/", 1)[0].casefold()
    full = url if "://" in url else f"https://{bare}"
    network = next((name for domain, name in NETWORKS.items() if host == domain or host.endswith(f".{domain}")), None)
    if network == "LinkedIn" and "linkedin" not in info:
        info["linkedin"] = _value(url, 0.97, source)
    elif network == "GitHub" and "github" not in info and bare.count("/") <= 1:
        info["github"] = _value(url, 0.97, source)
    elif network and "/" in bare:
        profiles.append({"network": network, "username": _value(bare.rsplit("/", 1)[1], 0.9, source), "url": full})
    elif "website" not in info:
        info["website"] = _value(url, 0.9, source)
    elif not any(bare in str(each["url"]) for each in profiles):
        profiles.append({"network": host, "url": _value(full, 0.8, source)})


def _name(header: list[Text], everything: list[Text], info: dict[str, Any]) -> tuple[Value | None, set[int]]:
    for text in header[:12]:
        if match := _NAME_LABEL.match(text.text):
            return _value(match[1].strip(), 0.95, text), {id(text)}
    for text in header[:12]:
        if text.line.role == "title" and _is_name(text.text, words=14, letters=140):
            return _value(_tidy(text.text), 0.98, text), {id(text)}
    pool = [text for text in (header or everything)[:25] if text.page == 0]
    if not any(_is_name(trim(text.text)) for text in pool):
        pool = [text for text in everything if text.page == 0][:80]
    scored = [(_name_score(text, index, pool, info), index) for index, text in enumerate(pool)]
    scored = [each for each in scored if each[0] > 0]
    if not scored:
        return None, set()
    score, index = max(scored, key=lambda each: (each[0], -each[1]))
    text = pool[index]
    lines, name = {id(text)}, _tidy(text.text)
    # First and last names on lines of their own, in the same large type.
    last = text
    for neighbour in pool[index + 1 : index + 3]:
        large = abs(neighbour.line.size - last.line.size) < 0.6 and last.line.size > 1.3 * _usual(everything)
        below = 0 < neighbour.box.bottom - last.box.bottom < 2 * last.line.size
        if not (large and below and _is_name(neighbour.text) and title_weight(neighbour.text) <= 0):
            break
        name, lines, last = f"{name} {_tidy(neighbour.text)}", lines | {id(neighbour)}, neighbour
    return _value(name, min(0.98, 0.5 + score / 12), text), lines


def _tidy(text: str) -> str:
    for separator in ("|", "•", " – ", " — ", " - "):
        text = text.split(separator, 1)[0]
    name = trim(
        re.sub(r"^(?:curriculum vitae|resume|cv|lebenslauf)\s*(?:of|von|de|[:–—-])?\s*", "", text, flags=re.IGNORECASE)
    )
    name = re.sub(
        r",\s*(?:Ph\.?D\.?|MBA|M\.?D\.?|CPA|PMP|RN|P\.?E\.?|M\.?Sc\.?|B\.?Sc\.?|Esq\.?|CFA|Jr\.?)(?=,|$)", "", name
    )
    return name.strip()


def _usual(texts: list[Text]) -> float:
    sizes = sorted(text.line.size for text in texts)
    return sizes[len(sizes) // 2] if sizes else 10.0


def _is_name(text: str, *, words: int = 6, letters: int = 60) -> bool:
    text = _tidy(text)
    parts = text.split()
    if not 1 <= len(parts) <= words or len(text) > letters or not _NAME_WORD.match(text):
        return False
    if _GREETING.match(text):
        return False
    if section_of(text) or normal(text) in TITLES_OF_DOCUMENT or _EMAIL.search(text):
        return False
    if not _DOCUMENT.isdisjoint(normal(text).split()):
        return False
    return all(
        word[0].isupper()
        or word[0] > "\u0590"
        or word[1:2] in {"'", "’"}
        or word.casefold()
        in {"de", "van", "von", "der", "den", "da", "del", "la", "di", "dos", "bin", "al", "y", "el", "ter", "zu", "e"}
        for word in parts
        if word[0].isalpha()
    )


def _name_score(text: Text, index: int, pool: list[Text], info: dict[str, Any]) -> float:
    if text.bullet or not _is_name(text.text):
        return 0.0
    name = _tidy(text.text)
    words = name.casefold().split()
    largest = max(each.line.size for each in pool)
    score = 1.0 + 3.0 * (text.line.size / largest) ** 2 - min(0.12 * index, 1.0)
    score += (
        1.0 * (2 <= len(words) <= 4 or name[0] > "\u2e80") - 1.5 * max(0, title_weight(name)) - 2.0 * is_place(name)
    )
    email = info.get("email")
    if email:
        local = re.sub(r"[^a-z]", "", email.value.split("@")[0].casefold())
        score += 1.5 * any(
            len(word) > 2 and re.sub(r"[^a-z]", "", word) and re.sub(r"[^a-z]", "", word) in local for word in words
        )
    return score + 0.4 * text.line.bold


def _location(places: list[Text], used: set[int]) -> Value | None:
    best: Value | None = None
    for text in places:
        if find_dates(text.text) and not _EMAIL.search(text.text):
            continue
        labelled = PLACE_LABEL.match(text.text)
        if labelled:
            used.add(id(text))
            return _value(labelled[1].strip(), 0.9, text)
        for piece in _SEPARATORS.split(_without(_EMAIL.sub(" | ", URL.sub(" | ", text.text)), _PHONE)):
            piece = trim(CONTACT_LABEL.sub("", piece))  # noqa: PLW2901
            if best is None and is_place(piece):
                used.add(id(text))
                best = _value(piece, 0.92, text)
            elif (
                best is None
                and 8 < len(piece) < 90
                and _POSTAL.search(piece)
                and re.search(r"[^\W\d_]{3}", piece)
                and not _is_phone(piece)
            ):
                used.add(id(text))
                best = _value(piece, 0.75, text)
    return best or _beside_contacts(places, used)


def _beside_contacts(places: list[Text], used: set[int]) -> Value | None:
    """Return what stands among contact details and is none: a town that no list has."""
    beside = [id(text) in used and not text.bullet for text in places]
    for number, text in enumerate(places):
        pieces = [trim(piece) for piece in _SEPARATORS.split(text.text) if trim(piece)]
        contacts = [piece for piece in pieces if any(each.search(piece) for each in (_EMAIL, URL, _PHONE))]
        between = number and not beside[number] and beside[number - 1] and all(beside[number + 1 : number + 2])
        for piece in pieces if contacts or between else ():
            if piece not in contacts and TOWN.fullmatch(piece) and title_weight(piece) <= 0:
                return _value(piece, 0.6, text)
    return None
