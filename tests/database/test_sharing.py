"""Public résumés: the data that a reader with the slug receives, and everything that ends sharing."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from functions._shared.domain.resume.content_rules import content_rules
from tests.database.rows import insert, refused

if TYPE_CHECKING:
    import uuid

    from tests.database.rows import AsRole, Clock, Connect, NewUser

CONTENT = {
    "personalInfo": {
        "name": "Ada",
        "headline": "Engineer",
        "email": "ada@example.com",
        "phone": "+44 1",
        "address": {"city": "London"},
        "extra": {"basics": {"email": "ada@example.com"}},
    },
    "summary": "Writes engines",
    "experience": [{"company": "Acme", "extra": {"salary": "secret"}}],
    "awards": [{"title": "Hidden award"}],
    "extra": {"jsonResume": {"basics": {"phone": "+44 1"}}},
    "x-private-notes": "secret",
}
LAYOUT = {"sectionOrder": ["summary", "personalInfo"], "hidden": ["awards"]}


def publish(as_user: AsRole, owner: uuid.UUID, **columns: Any) -> dict[str, Any]:
    """Create a public résumé."""
    return insert(as_user, owner, "resumes", content=CONTENT, layout=LAYOUT, is_public=True, title="CV", **columns)


def read(as_service: AsRole, slug: str) -> Any:
    """Read a shared résumé as the share function does."""
    with as_service() as cursor:
        return cursor.execute("select public.share_read(%s) as page", (slug,)).fetchone()["page"]


def test_a_reader_gets_allow_listed_fields(new_user: NewUser, as_user: AsRole, as_service: AsRole) -> None:
    row = publish(as_user, new_user())
    page = read(as_service, row["share_slug"])
    assert set(page) == {
        "content", "section_order", "design", "indexable", "is_protected", "with_pdf", "photo_path", "updated_at",
        "others",
    }  # fmt: skip
    assert page["content"] == {
        "personalInfo": {"name": "Ada", "headline": "Engineer"},
        "summary": "Writes engines",
        "experience": [{"company": "Acme"}],
    }
    assert page["section_order"] == ["summary", "personalInfo", "experience"]
    assert (page["indexable"], page["is_protected"], page["with_pdf"]) == (False, False, False)
    assert page["design"]["layout"] == "single-column"
    text = json.dumps(page)
    for secret in ("ada@example.com", "+44", "London", "secret", "Hidden", str(row["id"]), str(row["user_id"])):
        assert secret not in text


def test_contact_details_are_shown_only_if_the_owner_allows_it(
    new_user: NewUser, as_user: AsRole, as_service: AsRole
) -> None:
    row = publish(as_user, new_user(), share_contact=True)
    personal = read(as_service, row["share_slug"])["content"]["personalInfo"]
    assert (personal["email"], personal["phone"]) == ("ada@example.com", "+44 1")
    assert "extra" not in personal


def test_references_of_other_people_are_never_shown(new_user: NewUser, as_user: AsRole, as_service: AsRole) -> None:
    content = {"summary": "Hello", "references": [{"name": "Grace Hopper", "reference": "Call +44 20 7946 0958"}]}
    columns = {
        "content": content,
        "is_public": True,
        "title": "CV",
        "share_contact": True,
        "layout": {"sectionOrder": ["references"]},
    }
    row = insert(as_user, new_user(), "resumes", **columns)
    page = read(as_service, row["share_slug"])
    assert (page["content"], page["section_order"]) == ({"summary": "Hello"}, ["summary"])
    assert "Grace" not in json.dumps(page)


@pytest.mark.parametrize(
    "end",
    [
        "update public.resumes set is_public = false where id = %s",
        "update public.resumes set status = 'draft' where id = %s",
        "select public.resume_delete(%s)",
        "delete from public.resumes where id = %s",
    ],
)
def test_unpublishing_or_deleting_ends_sharing(
    new_user: NewUser, as_user: AsRole, as_service: AsRole, end: str
) -> None:
    owner = new_user()
    row = publish(as_user, owner)
    with as_user(owner) as cursor:
        cursor.execute(end, (row["id"],))
    assert read(as_service, row["share_slug"]) is None


def test_sharing_ends_at_its_expiry_and_with_the_account(
    connect: Connect, new_user: NewUser, as_user: AsRole, as_service: AsRole, clock: Clock
) -> None:
    owner = new_user()
    row = publish(as_user, owner, share_expires_at=clock.now().isoformat())
    assert read(as_service, row["share_slug"]) is None
    lasting = publish(as_user, owner)
    assert read(as_service, lasting["share_slug"]) is not None
    connect().execute("update public.profiles set is_active = false where id = %s", (owner,))
    assert read(as_service, lasting["share_slug"]) is None


def test_an_unknown_slug_returns_nothing(as_service: AsRole) -> None:
    assert read(as_service, "AAAAAAAAAAAAAAAAAAAAAA") is None
    assert read(as_service, "") is None


PROTECT = "select public.resume_share_password(%s, %s)"


def unlock(as_service: AsRole, slug: str, password: str | None, address: str | None = None) -> Any:
    """Read a protected résumé as the share function does: the refusal, or "page"."""
    with as_service() as cursor:
        answer = cursor.execute("select public.share_read(%s, %s, %s) as page", (slug, password, address)).fetchone()[
            "page"
        ]
        return answer.get("refused", "page" if "content" in answer else answer)


def test_a_password_is_hashed_and_checked_by_the_database(
    connect: Connect, new_user: NewUser, as_user: AsRole, as_service: AsRole
) -> None:
    owner, other = new_user(), new_user()
    row = publish(as_user, owner)
    slug = row["share_slug"]
    with refused("resume_not_found", 404), as_user(other) as cursor:
        cursor.execute(PROTECT, (row["id"], "correct horse"))
    for password in ("correct horse", "Größe 9 ☂" + "x" * 100):
        with as_user(owner) as cursor:
            cursor.execute(PROTECT, (row["id"], password))
        assert unlock(as_service, slug, password) == "page"
        kept = connect().execute("select * from private.share_passwords where resume_id = %s", (row["id"],)).fetchone()
        assert kept["hash"] == hashlib.pbkdf2_hmac("sha256", password.encode(), kept["salt"], kept["rounds"])
    assert unlock(as_service, slug, None) == "password_required"
    for wrong in ("correct horse", "", "x" * 100_000):
        assert unlock(as_service, slug, wrong) == "wrong_password"
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(owner) as cursor:
        cursor.execute("select * from private.share_passwords")
    with as_user(owner) as cursor:
        cursor.execute(PROTECT, (row["id"], None))
    assert unlock(as_service, slug, None) == "page"
    assert connect().execute("select from private.share_passwords where resume_id = %s", (row["id"],)).fetchall() == []


@pytest.mark.parametrize("password", ["", "short", "x" * 129, "x" * 1_000_000])
def test_a_password_has_a_bounded_length(new_user: NewUser, as_user: AsRole, password: str) -> None:
    owner = new_user()
    row = publish(as_user, owner)
    with refused("share_password_length", 422), as_user(owner) as cursor:
        cursor.execute(PROTECT, (row["id"], password))


def test_guessing_a_password_is_slow(new_user: NewUser, as_user: AsRole, as_service: AsRole, clock: Clock) -> None:
    clock.set("2030-01-01 00:00:00+00")
    owner = new_user()
    row = publish(as_user, owner)
    with as_user(owner) as cursor:
        cursor.execute(PROTECT, (row["id"], "correct horse"))
    slug = row["share_slug"]
    guesses = [unlock(as_service, slug, "guess", "203.0.113.7") for _ in range(11)]
    assert guesses == ["wrong_password"] * 10 + ["too_many_attempts"]
    assert unlock(as_service, slug, "correct horse", "203.0.113.7") == "too_many_attempts"
    assert unlock(as_service, slug, "correct horse", "203.0.113.8") == "page"
    # Many addresses are one attacker, too.
    with as_service() as cursor:
        cursor.execute(
            "select public.rate_limit_hit('share:' || %s, 100, 600) from generate_series(1, 89)", (str(row["id"]),)
        )
    assert unlock(as_service, slug, "guess", "198.51.100.1") == "too_many_attempts"
    clock.advance("1 hour")
    assert unlock(as_service, slug, "correct horse", "203.0.113.7") == "page"


UNKNOWN = {
    "mobile": "+44 2", "telephone": "+44 3", "emailAddress": "ada@secret.example", "dateOfBirth": "1815-12-10",
    "street": "12 St James's Square", "nested": {"email": "ada@secret.example"},
}  # fmt: skip


def example(kind: str) -> dict[str, Any]:
    """An object with every key that its kind may have, and with unknown ones."""
    made: dict[str, Any] = {"extra": dict(UNKNOWN), **UNKNOWN}
    for key, rule in content_rules()["objects"][kind].items():
        if rule.startswith("object:"):
            made[key] = example(rule[7:])
        elif rule.startswith("list:"):
            made[key] = [example(rule[5:])]
        elif rule != "any object":
            made[key] = {"date": "2020", "lines": ["x"], "shorts": ["x"], "skills": ["x"]}.get(rule, "x")
    return made


def assert_known(kind: str, found: Any, hidden: set[str]) -> None:
    """Expect exactly the known keys at every level, without the hidden ones of personalInfo."""
    rules = {key: rule for key, rule in content_rules()["objects"][kind].items() if rule != "any object"}
    left_out = {"personalInfo": hidden, "resume": {"references"}}.get(kind, set())
    assert set(found) == rules.keys() - left_out, kind
    for key, value in found.items():
        if rules[key].startswith("object:"):
            assert_known(rules[key][7:], value, hidden)
        for entry in value if rules[key].startswith("list:") else []:
            assert_known(rules[key][5:], entry, hidden)


@pytest.mark.parametrize(("contact", "hidden"), [(True, set()), (False, {"email", "phone", "address"})])
def test_nothing_unknown_is_shown_at_any_level(
    new_user: NewUser, as_user: AsRole, as_service: AsRole, contact: bool, hidden: set[str]
) -> None:
    row = insert(as_user, new_user(), "resumes", content=example("resume"), is_public=True, share_contact=contact)
    content = read(as_service, row["share_slug"])["content"]
    assert_known("resume", content, hidden)
    for value in ("+44", "secret", "1815", "James"):
        assert value not in json.dumps(content)


@pytest.mark.parametrize("website", ["mailto:ada@secret.example", "tel:+442", "ada@secret.example", " MAILTO:x"])
def test_a_link_is_no_way_around_consent(new_user: NewUser, as_user: AsRole, as_service: AsRole, website: str) -> None:
    personal = {
        "name": "Ada", "website": website, "github": "https://mastodon.example/@ada",
        "profiles": [{"network": "Mail", "username": website}],
    }  # fmt: skip
    for contact in (False, True):
        row = insert(
            as_user, new_user(), "resumes", content={"personalInfo": personal}, is_public=True, share_contact=contact
        )
        shown = read(as_service, row["share_slug"])["content"]["personalInfo"]
        if contact:
            assert shown == personal
        else:
            assert shown == {
                "name": "Ada", "github": "https://mastodon.example/@ada", "profiles": [],
            }  # fmt: skip


CONTACTS = [
    "mailto:ada@secret.example", "tel:+442012345", "ada@secret.example", "\u200bmailto:ada%40secret.example",
    "ada%40secret.example", "ada%2540secret.example", "m\u00adailto:x", "mail%74o:x", "ada\uff20secret.example", "ｔel:1",  # noqa: RUF001 - what is tested
    "https://x.example/?to=ada%40secret.example", "ada\u2060@secret.example", "skype:ada?call", "SMS:+4420", "sip:ada",
    "facetime-audio:ada", "https://wa.me/442012345", "t.me/ada", "+44 20 1234567", "0049 170 1234567", "(415) 555-0132",
    "ada%E2%80%8B%40secret.example",
]  # fmt: skip


@pytest.mark.parametrize("url", CONTACTS)
def test_no_link_of_any_section_is_a_contact_detail(
    new_user: NewUser, as_user: AsRole, as_service: AsRole, url: str
) -> None:
    listed = ("experience", "education", "projects", "certifications", "volunteer", "publications")
    content = {
        "personalInfo": {"name": "Ada", "linkedin": url, "profiles": [{"network": "Xing", "url": url}]},
        **{section: [{"title" if section == "projects" else "name": "A", "url": url}] for section in listed},
    }
    for contact in (False, True):
        row = insert(as_user, new_user(), "resumes", content=content, is_public=True, share_contact=contact)
        shown = read(as_service, row["share_slug"])["content"]
        urls = [shown[section][0].get("url") for section in listed]
        urls += [shown["personalInfo"].get("linkedin"), *(each["url"] for each in shown["personalInfo"]["profiles"])]
        assert urls == ([url] * 8 if contact else [None] * 7)


@pytest.mark.parametrize(
    "profile",
    [
        {"network": "Phone", "username": "+49 170 1234567"}, {"network": "Xing", "username": "+49 170 1234567"},
        {"network": "Skype", "username": "live:ada"}, {"network": "Work", "username": "live:ada"},
        {"network": "Telegram", "username": "@ada"}, {"network": "E-Mail", "username": "ada at secret"},
        {"network": "Whats\u200bApp", "username": "ada"}, {"network": "Tel.", "username": "442012345"},
        {"network": "+49 170 1234567 ada@secret.example"},
    ],
)  # fmt: skip
def test_an_account_at_a_messenger_needs_consent(
    new_user: NewUser, as_user: AsRole, as_service: AsRole, profile: dict[str, str]
) -> None:
    kept = [
        {"network": "ORCID", "username": "0000-0002-1825-0097"},
        {"network": "Stack Overflow", "username": "22656", "url": "https://stackoverflow.com/users/22656"},
        {"network": "Mastodon", "url": "https://mastodon.example/@ada"}, {"network": "Medium", "username": "@ada"},
        {"network": "GitHub", "username": "ada", "url": "http://github.com:443/%61da"},
    ]  # fmt: skip
    content = {"personalInfo": {"headline": "Lead: engines", "profiles": [profile, *kept]}}
    for contact in (False, True):
        row = insert(as_user, new_user(), "resumes", content=content, is_public=True, share_contact=contact)
        shown = read(as_service, row["share_slug"])["content"]["personalInfo"]
        assert shown == {"headline": "Lead: engines", "profiles": [profile, *kept] if contact else kept}


@pytest.mark.parametrize("later", [None, "1 day"])
def test_an_address_that_has_expired_stays_dead(
    new_user: NewUser, as_user: AsRole, as_service: AsRole, clock: Clock, later: str | None
) -> None:
    clock.set("2030-01-01 00:00:00+00")
    owner = new_user()
    row = publish(as_user, owner, share_expires_at="2030-01-02T00:00:00Z")
    move = "update public.resumes set share_expires_at = %s where id = %s returning share_slug"

    def moved(to: str | None) -> str:
        with as_user(owner) as cursor:
            return str(cursor.execute(move, (to, row["id"])).fetchone()["share_slug"])

    assert moved("2030-01-03T00:00:00Z") == row["share_slug"], "not ended yet"
    clock.set("2030-01-03 00:00:00+00")
    slug = moved(later and "2030-01-04T00:00:00Z")
    assert slug != row["share_slug"]
    assert read(as_service, row["share_slug"]) is None
    assert read(as_service, slug) is not None


def test_setting_passwords_is_limited_per_user_and_minute(new_user: NewUser, as_user: AsRole, clock: Clock) -> None:
    clock.set("2030-01-01 00:00:00+00")
    owner, other = new_user(), new_user()
    row, others = publish(as_user, owner), publish(as_user, other)
    for _ in range(10):
        with as_user(owner) as cursor:
            cursor.execute(PROTECT, (row["id"], "correct horse"))
    with refused("rate_limited", 429), as_user(owner) as cursor:
        cursor.execute(PROTECT, (row["id"], "correct horse"))
    with as_user(owner) as cursor:
        cursor.execute(PROTECT, (row["id"], None))
    with as_user(other) as cursor:
        cursor.execute(PROTECT, (others["id"], "correct horse"))


def test_a_password_is_the_same_in_every_encoding_of_its_letters(
    new_user: NewUser, as_user: AsRole, as_service: AsRole
) -> None:
    owner = new_user()
    row = publish(as_user, owner)
    composed, decomposed = "Gr\u00f6\u00dfenordnung", "Gro\u0308\u00dfenordnung"
    for given, typed in ((composed, decomposed), (decomposed, composed)):
        with as_user(owner) as cursor:
            cursor.execute(PROTECT, (row["id"], given))
        assert unlock(as_service, row["share_slug"], typed) == "page"


def test_clients_cannot_read_by_slug_and_visitors_cannot_read_the_table(
    new_user: NewUser, as_user: AsRole, as_anon: AsRole
) -> None:
    row = publish(as_user, new_user())
    for acting in (as_user(new_user()), as_anon()):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), acting as cursor:
            cursor.execute("select public.share_read(%s)", (row["share_slug"],))
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_anon() as cursor:
        cursor.execute("select title from public.resumes where share_slug = %s", (row["share_slug"],))
    with as_user(new_user()) as cursor:
        assert cursor.execute("select from public.resumes where share_slug = %s", (row["share_slug"],)).fetchall() == []


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("Berlin, Germany", "Berlin, Germany"),
        ("14 Elm Row, Manchester M14 5AB", "Manchester"),
        ("Flat 3, 9 Mill Lane, Leeds LS1 4AB", "Leeds"),
        ("742 Evergreen Terrace, Springfield, IL 62704", "Springfield, IL"),
        ("1600 Pennsylvania Avenue NW, Washington", "Washington"),
        ("Hauptstr. 5, 1010 Wien", "Wien"),
        ("Musterweg 12a | 80331 München", "München"),
        ("14 Elm Row", ""),
    ],
)
def test_of_an_address_in_the_place_only_the_town_is_shown(
    new_user: NewUser, as_user: AsRole, as_service: AsRole, location: str, shown: str
) -> None:
    content = {"personalInfo": {"name": "Ada", "location": location}}
    for contact, expected in ((False, shown), (True, location)):
        row = insert(as_user, new_user(), "resumes", content=content, is_public=True, share_contact=contact)
        assert read(as_service, row["share_slug"])["content"]["personalInfo"]["location"] == expected
