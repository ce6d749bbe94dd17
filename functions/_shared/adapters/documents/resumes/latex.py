r"""Résumés as one LaTeX file, for pdfLaTeX if all letters are Latin and for XeLaTeX otherwise.

`escape` and `escape_url` are the only ways for content into the source. After them a text has no active character, no
ligature that it did not have itself (`--`, `<<`, ``?` ``), and no blank line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from functions._shared.domain.documents.scripts import scripts
from functions._shared.domain.documents.sections import group_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from functions._shared.domain.documents.sections import Block, Entry, Link, Section
    from functions._shared.domain.documents.view import ResumeView

# ruff: noqa: E501, RUF001 - lines of LaTeX, and the dashes that it sets
_SPECIAL: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", '"': r"\textquotedbl{}", "'": "'{}", "`": r"\textasciigrave{}",
    "-": "-{}", "<": r"\textless{}", ">": r"\textgreater{}", ",": ",{}", "?": "?{}", "!": "!{}", "|": r"\textbar{}",
    "\u00a0": "~", "\u2011": "-{}", "\u2013": r"\textendash{}", "\u2014": r"\textemdash{}", "\u2018": r"\textquoteleft{}",
    "\u2019": r"\textquoteright{}", "\u201c": r"\textquotedblleft{}", "\u201d": r"\textquotedblright{}",
    "\u201e": r"\quotedblbase{}", "\u2022": r"\textbullet{}", "\u2026": r"\textellipsis{}", "\u20ac": r"\texteuro{}",
    "\u2122": r"\texttrademark{}", "[": "{[}", "]": "{]}", "*": "{*}",
}  # fmt: skip
_TO_ESCAPE: Final = re.compile("|".join(map(re.escape, _SPECIAL)))
# What pdfLaTeX sets in T1: Latin letters to the end of Extended-A, and the signs above. Other letters need XeLaTeX.
_PDFLATEX: Final = re.compile(
    "[\x20-\x7e\xa0-\u017f\u0218-\u021b" + "".join(key for key in _SPECIAL if not key.isascii()) + "]*"
)
_FONTS: Final = {
    "Arab": ("arabic", ("Amiri", "Vazirmatn", "Noto Naskh Arabic", "Scheherazade New")),
    "Hebr": ("hebrew", ("Noto Sans Hebrew", "David CLM", "FreeSerif", "DejaVu Sans")),
    "Deva": ("hindi", ("Noto Sans Devanagari", "Noto Serif Devanagari", "FreeSerif")),
}
_CJK: Final = {"Hani": "SC", "Jpan": "JP", "Kore": "KR"}


# A head of two lines that stays with what follows. \\leavevmode comes first, because a page may break before a colour.
_ENTRY: Final = r"""\makeatletter
\newcommand{\entry}[4]{\par\if@nobreak\else\addpenalty{-100}\addvspace{%spt}\fi
  \leavevmode{\bfseries #1}\hfill{\color{muted}#2}\par\nobreak
  \if\relax\detokenize{#3#4}\relax\else\leavevmode{\color{secondary}#3}\hfill{\color{muted}#4}\par\nobreak\fi
  \@nobreakfalse}
\makeatother"""


def escape(text: str) -> str:
    """Escape a text so that it is set as it is."""
    return _TO_ESCAPE.sub(lambda sign: _SPECIAL[sign.group()], " ".join(text.split()))


def escape_url(url: str) -> str:
    r"""Escape an address for the first argument of ``\href`` inside other arguments."""
    return re.sub("([%#&_])", r"\\\1", quote(url, safe=":/?#[]@!$&'()*+,;=%-._").replace("$", "%24")).replace(
        "~", "\\%7E"
    )


def engine(view: ResumeView) -> str:
    """Return the program that sets the file: ``pdflatex`` or ``xelatex``."""
    return "pdflatex" if _PDFLATEX.fullmatch(_everything(view)) else "xelatex"


def write_latex(view: ResumeView) -> str:
    """Write a résumé as LaTeX."""
    program = engine(view)
    lines = [f"% !TEX program = {program}", *_preamble(view, program), r"\begin{document}", *_header(view)]
    for section in view.sections:
        lines += _section(view, section)
    return "\n".join([*lines, r"\end{document}"]) + "\n"


def _everything(view: ResumeView) -> str:
    from functions._shared.adapters.documents.resumes.text import write_text

    return write_text(view).replace("\n", " ")


def _preamble(view: ResumeView, program: str) -> Iterator[str]:
    d = view.design
    paper = "letterpaper" if d.paper == "letter" else "a4paper"
    yield rf"\documentclass[10pt,{paper}]{{article}}"
    if program == "pdflatex":
        yield from (r"\usepackage[utf8]{inputenc}", r"\usepackage[T1]{fontenc}", r"\usepackage{textcomp}")
        yield r"\usepackage{lmodern}"
        if d.fallback == "sans":
            yield r"\renewcommand{\familydefault}{\sfdefault}"
    else:
        yield r"\usepackage{fontspec}"
        yield from _first_font(r"\setmainfont", _main_fonts(view))
    yield rf"\usepackage[margin={d.margin:g}pt]{{geometry}}"
    yield from (r"\usepackage{xcolor}", r"\usepackage{enumitem}", r"\usepackage{titlesec}")
    yield rf"\usepackage[hidelinks,pdftitle={{{escape(view.title)}}},pdfauthor={{{escape(view.name)}}}]{{hyperref}}"
    for name in ("primary", "secondary", "text", "muted"):
        yield rf"\definecolor{{{name}}}{{HTML}}{{{getattr(d, name)[1:].upper()}}}"
    yield from _scripts(view, program)
    shape = {"upper": r"\MakeUppercase", "small-caps": r"\textsc", "none": ""}[d.heading_case]
    rule = r"[{\color{secondary}\titlerule[0.6pt]}]" if d.heading_rule == "below" else ""
    yield rf"\titleformat{{\section}}{{\color{{primary}}\bfseries\fontsize{{{d.size * 1.2:g}}}{{{d.size * 1.4:g}}}\selectfont}}{{}}{{0pt}}{{{shape}}}{rule}"
    yield rf"\titlespacing*{{\section}}{{0pt}}{{{d.section_gap:g}pt}}{{{d.size * 0.5:g}pt}}"
    yield rf"\setlist[itemize]{{leftmargin=1.2em,itemsep=1pt,parsep=0pt,topsep=2pt,label={{\color{{secondary}}{escape(d.bullet) if d.bullet in '•–-' else '•'}}}}}"
    yield r"\setlength{\parindent}{0pt}\setlength{\parskip}{1.5pt}\raggedbottom\raggedright\pagestyle{empty}"
    yield rf"\AtBeginDocument{{\fontsize{{{d.size:g}}}{{{d.size * d.line_height:g}}}\selectfont\color{{text}}}}"
    yield _ENTRY % f"{d.item_gap:g}"
    yield r"\newcommand{\muted}[1]{{\color{muted}#1}}"


def _main_fonts(view: ResumeView) -> list[str]:
    script = _FONTS.get(_script(view), ("", ()))[1]
    return [*script, view.design.body_font, "Noto Sans", "Noto Serif", "CMU Sans Serif", "FreeSans", "DejaVu Sans"]


def _script(view: ResumeView) -> str:
    counts = scripts(_everything(view))
    return counts.most_common(1)[0][0] if counts else "Latn"


def _first_font(command: str, families: Iterable[str]) -> Iterator[str]:
    r"""Yield a chain of ``\IfFontExistsTF``: machines differ in the fonts that they have."""
    names = [name for name in dict.fromkeys(families) if re.fullmatch("[A-Za-z0-9 ]+", name)]
    yield "".join(rf"\IfFontExistsTF{{{name}}}{{{command}{{{name}}}}}{{" for name in names) + "}" * len(names)


def _scripts(view: ResumeView, program: str) -> Iterator[str]:
    if program == "pdflatex":
        return
    script = _script(view)
    if any(name in scripts(_everything(view)) for name in _CJK):
        region = _CJK.get(script, "SC")
        yield r"\usepackage{xeCJK}"
        families = (
            f"Noto Sans CJK {region}",
            f"Noto Serif CJK {region}",
            f"Noto Sans {region}",
            "Source Han Sans",
            "FandolHei",
        )
        yield from _first_font(r"\setCJKmainfont", families)
    if view.right_to_left and script in _FONTS:
        name, candidates = _FONTS[script]
        yield rf"\usepackage{{polyglossia}}\setmainlanguage{{{name}}}\setotherlanguage{{english}}"
        yield from _first_font(rf"\newfontfamily\{name}font[Script={name.capitalize()}]", candidates)


def _header(view: ResumeView) -> Iterator[str]:
    d = view.design
    yield r"\begin{center}" if d.header == "center" else r"{\raggedright"
    yield rf"{{\color{{primary}}\bfseries\fontsize{{{d.size * 2.3:g}}}{{{d.size * 2.7:g}}}\selectfont {escape(view.name)}\par}}"
    if view.headline:
        yield rf"{{\color{{secondary}}\large {escape(view.headline)}\par}}"
    if view.contacts:
        yield r" \textperiodcentered{} ".join(_address(contact.text, contact.url) for contact in view.contacts)
    yield r"\end{center}" if d.header == "center" else r"\par}"


def _address(text: str, url: str | None) -> str:
    return rf"\href{{{escape_url(url)}}}{{{escape(text)}}}" if url else escape(text)


def _section(view: ResumeView, section: Section) -> Iterator[str]:
    comma, colon = escape(view.locale.comma) + " ", escape(view.locale.colon) + " "
    yield rf"\section*{{{escape(section.heading)}}}"
    yield from _blocks(section.blocks)
    for label, items in group_lines(section, view.locale):
        bold = rf"\textbf{{{escape(label)}}}" if label else ""
        yield colon.join(filter(None, (bold, comma.join(map(escape, items))))) + r"\par"
    for entry in section.entries:
        yield from _entry(entry, comma, colon)


def _entry(entry: Entry, comma: str, colon: str) -> Iterator[str]:
    sub = r" \textperiodcentered{} ".join(filter(None, (escape(entry.subtitle), _link(entry.link))))
    yield rf"\entry{{{escape(entry.title)}}}{{{escape(entry.dates)}}}{{{sub}}}{{{escape(entry.place)}}}"
    if entry.note:
        yield rf"\muted{{{escape(entry.note)}}}\par"
    yield from _blocks(entry.blocks)
    for label, items in entry.labelled:
        yield rf"\muted{{{escape(label)}{colon}}}{comma.join(map(escape, items))}\par"


def _link(link: Link | None) -> str:
    return _address(link.text, link.url) if link else ""


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.is_list:
            # In braces, since a bracket after \item would be its label.
            yield from (r"\begin{itemize}", *(rf"\item {{{escape(text)}}}" for text in block.texts), r"\end{itemize}")
        else:
            yield escape(block.texts[0]) + r"\par"
