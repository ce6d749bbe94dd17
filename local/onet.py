"""Writes the technology names of O*NET as `ats_scan` reads them: `python -m local.onet NAMES.json`.

NAMES.json is a list of the names in O*NET's table "Technology Skills" (https://www.onetcenter.org/database.html, CC BY
4.0). A line of the result is a name and what else it is called: ``Microsoft Excel | =Excel``. ``=`` marks a name that
counts only as it is written. Kinds of software ("Accounting software") and names that mean something else in nearly
every text stay out; `terms.txt` has those of them that employers ask for.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TARGET: Final = Path(__file__).resolve().parents[1] / "functions" / "_shared" / "coverage" / "data" / "onet.txt"
SHORTEST: Final = 4
"""Letters of a product's name that is understood without its maker's."""

_VENDORS: Final = (
    "Microsoft", "Adobe", "Apache", "Google", "Apple", "Oracle", "Autodesk", "Atlassian", "Intuit", "IBM", "SAP",
    "ESRI", "Amazon", "Trimble", "Dassault Systemes", "Bentley", "Hewlett-Packard",
)  # fmt: skip
_KIND: Final = re.compile(
    r" (software|systems?|databases?|programs?|tools?|simulators?|libraries|applications?|charts|interpreters|"
    r"compilers|debuggers|servers?)$",
    re.IGNORECASE,
)
_ACRONYM: Final = re.compile(
    r"(?P<long>[A-Z]?[a-z].*[a-z]) \(?(?P<short>[A-Z][A-Z0-9/+&-]{2,7})\)?(?: software| systems?)?"
)
_SOLE_NAMES: Final = frozenset(
    """
    ADP Ansible Alteryx ESRI ERP EPLAN Informatica Jupyter Laserfiche MEDITECH Perforce Procore Qlik Salesforce
    SAP SAS Shopify Tableau Tanium Tecplot Tekla Teradata Workday Wonderware Yardi Splunk Trello Zendesk Snowflake
    Docker
    """.split()  # noqa: SIM905
)
"""Single words before "software" that name a product."""
_LEFT_OUT: Final = frozenset(
    """
    act! air algae analysis analytics analyze archon atlas audacity autocoders aztec blat blink blogger bowtie
    bsvc c capture cents clipper compilers connect contribute cubic cyclone debuggers decompilers diameter dig
    director docs drive ease edge eiffel emulators encoder enigma enterprise ethereal excavator exchange express
    facebook fear ferret forest forth front go google gravitation harvest honeypot hotspot impact infinity
    instagram iris j jet juris kismet litchi loom magic mendel mobile money monitor multitask music myspace
    numbers office opticks pages paint paintbrush parthenon penultimate persuasion piazza pinterest point
    presenter prince profilers project puff pulsar r radar rapide reduce research route samba sand scheme search
    server shiny sites square squeegee stage studio survey swivel tadpoles tanks travis tumblr twitter velvet
    video vigilant word xv youtube linkedin whatsapp tiktok skype salary.com careerbuilder.com access planner mail
    phone books windows
    """.split()  # noqa: SIM905
)


def main(arguments: list[str]) -> int:
    """Write the file."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    rows = sorted({" | ".join(row) for row in rows_of(json.loads(Path(arguments[0]).read_text()))})
    TARGET.write_text("\n".join(rows) + "\n")
    print(f"{TARGET}: {len(rows)} rows")
    return 0


def rows_of(names: Iterable[str]) -> Iterator[list[str]]:
    """Yield a row for each entry that names something: its name and its other names."""
    for entry in names:
        name = " ".join(entry.replace("|", " ").split()).strip(" ,;")
        acronym = _ACRONYM.fullmatch(name)
        if acronym and _initials(acronym["long"], acronym["short"]):
            yield [acronym["long"], f"={acronym['short']}"]
        elif bare := _bare(name):
            yield [f"={bare}" if _is_word(bare) else bare, *_without_vendor(bare)]


def _bare(name: str) -> str:
    """Return a name without "software"; nothing for a kind of software."""
    kind = _KIND.search(name)
    bare = name.removesuffix(" software")
    if " " not in bare and (bare.casefold() in _LEFT_OUT or (kind and bare not in _SOLE_NAMES)):
        return ""
    words = bare.split()
    proper = any(re.search("[A-Z0-9]", word[1:]) for word in words) or all(word[0].isupper() for word in words)
    return "" if kind and not proper else bare


def _is_word(name: str) -> bool:
    return " " not in name and (name[1:].islower() or name.isupper())


def _without_vendor(name: str) -> Iterator[str]:
    vendor = next((each for each in _VENDORS if name.startswith(f"{each} ")), None)
    product = name[len(vendor) + 1 :] if vendor else ""
    if len(product) >= SHORTEST and product[0].isalpha() and product.casefold() not in _LEFT_OUT:
        yield product if " " in product else f"={product}"


def _initials(long: str, short: str) -> bool:
    letters = {word[0].upper() for word in re.split(r"[\s/-]+", long) if word}
    return sum(letter in letters for letter in short) >= len(short) - 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
