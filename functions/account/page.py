"""The pages inside an export, for people: a README and an index. They need nothing but the archive."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #8884; }
td.number, th.number { text-align: right; white-space: nowrap; }
td { overflow-wrap: anywhere; } ul { columns: 18rem; }
"""


def readme() -> str:
    """Return the README."""
    return """Your data
=========

This is everything that Resumebase has stored about you.

If the export has several archives, extract all of them into the same folder. Then open index.html, which is in the
last one.

index.html        what there is, with links
resumes/          each of your résumés as JSON Resume (https://jsonresume.org), which other services read
files/            the files that you uploaded and that were made for you
data/             the tables of the database, one JSON file for each (large ones have -2, -3 …)
manifest.json     how many rows and files there are, and the SHA-256 of each file in the archives

Not included: your password and the keys of your sessions, API keys that you stored (only their last four characters),
who of our staff did something, the messages of payment services (what they said is in your payments), and the input of
work that failed, which is deleted within days.
"""


def index_page(
    user_id: str,
    tables: Sequence[dict[str, Any]],
    resumes: Sequence[dict[str, str]],
    files: Sequence[dict[str, Any]],
    missing: Sequence[str],
) -> str:
    """Return the index, as HTML without scripts."""
    filled = [table for table in tables if table["rows"]]
    empty = [table["about"] for table in tables if not table["rows"]]
    sections = [
        _section("Résumés", ("File",), ([_link(each["file"], each["title"])] for each in resumes)),
        _section(
            "Files", ("File", "Bytes"), ([_link(each["file"], each["file"]), f"{each['size']:,}"] for each in files)
        ),
        _section(
            "Data",
            ("What", "Rows"),
            ([_links(table["files"], table["about"]), f"{table['rows']:,}"] for table in filled),
        ),
    ]
    if empty:
        sections.append(
            f"<h2>Nothing is stored of</h2>\n<ul>{''.join(f'<li>{escape(each)}</li>' for each in empty)}</ul>"
        )
    if missing:
        sections.append(f"<h2>Not in the export</h2>\n<p>{escape(', '.join(missing))}</p>")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Your data</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>Your data</h1>
<p>Everything that is stored about the account {escape(user_id)}.</p>
{"".join(sections)}
</body>
</html>
"""


def _section(title: str, heads: Sequence[str], rows: Iterable[list[str]]) -> str:
    """Return a table; a column of numbers is the last of several."""
    body = []
    for cells in rows:
        numeric = len(cells) - 1 if len(cells) > 1 else -1
        body.append(
            "<tr>"
            + "".join(f"<td{_number(place == numeric)}>{cell}</td>" for place, cell in enumerate(cells))
            + "</tr>"
        )
    if not body:
        return f"<h2>{title}</h2>\n<p>None.</p>\n"
    last = len(heads) - 1 if len(heads) > 1 else -1
    head = "".join(f'<th scope="col"{_number(place == last)}>{name}</th>' for place, name in enumerate(heads))
    return f"<h2>{title}</h2>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{''.join(body)}\n</tbody>\n</table>\n"


def _number(is_number: bool) -> str:
    return ' class="number"' if is_number else ""


def _links(paths: Sequence[str], text: str) -> str:
    """Return links to the files of a table; most have one."""
    first, *others = paths
    return " ".join([_link(first, text), *(_link(path, str(number)) for number, path in enumerate(others, 2))])


def _link(path: str, text: str) -> str:
    """Return a link. The names of members have no characters that mean something in a URL."""
    return f'<a href="{escape(path)}">{escape(text)}</a>'
