"""Shared résumés as readers get them, through the real function, database and writers."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pypdf
import pytest
from PIL import Image

from functions._shared import wiring
from functions._shared.settings import Settings
from functions.share.handler import app
from tests.unit.documents.test_writers import EVIL, Page, evil

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from local.stack import Stack
    from tests.functions.edge.account import Account

FULL: dict[str, Any] = json.loads((Path(__file__).parents[2] / "data" / "export" / "full.json").read_text())
NAME, EMAIL = FULL["personalInfo"]["name"], FULL["personalInfo"]["email"]
PASSWORD = "correct horse"
JSON = {"accept": "application/json"}


@pytest.fixture
async def reader(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    """A browser of somebody without an account, at an address that no other test has."""
    with wiring.override(settings=Settings(stack.env())):
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app, client=(next(ADDRESSES), 1)),
            base_url="http://cv.example/functions/v1/share",
            headers={"accept": "text/html,*/*;q=0.8"},
            timeout=60,
        ) as made:
            yield made


ADDRESSES = (f"203.0.113.{number}" for number in range(1, 250))


@pytest.fixture
def publish(account: Account) -> Callable[..., str]:
    """Publish the user's résumé and return its slug."""

    def _publish(content: dict[str, Any] = FULL, **columns: Any) -> str:
        names = ", ".join(f"{name} = %s" for name in columns)
        row = account.row(
            f"update public.resumes set content = %s, is_public = true{', ' + names if names else ''} where id = %s "
            "returning share_slug",
            json.dumps(content), *columns.values(), account.resume_id,
        )  # fmt: skip
        return str(row["share_slug"])

    return _publish


def protect(stack: Stack, account: Account, password: str | None = PASSWORD) -> None:
    httpx.post(
        f"{stack.url}/rest/v1/rpc/resume_share_password",
        headers={"apikey": stack.publishable_key, "authorization": f"Bearer {account.token}"},
        json={"id": account.resume_id, "password": password},
    ).raise_for_status()


def views(account: Account) -> int:
    row = account.row(
        "select coalesce(sum(views), 0)::int as n from private.share_views where resume_id = %s", account.resume_id
    )
    return int(row["n"])


def heads(answer: httpx.Response) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', answer.text))


async def test_the_page_shows_the_resume_and_nothing_that_was_not_agreed_to(
    reader: httpx.AsyncClient, publish: Callable[..., str]
) -> None:
    slug = publish()
    answer = await reader.get(f"/{slug}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert f"<h1>{NAME}</h1>" in answer.text
    assert FULL["experience"][0]["company"] in answer.text
    assert EMAIL not in answer.text
    assert FULL["personalInfo"]["phone"] not in answer.text
    assert 'href="mailto:' not in answer.text
    assert "/pdf" not in answer.text
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert (answer.headers["x-robots-tag"], heads(answer)["robots"]) == ("noindex", "noindex")
    assert "ld+json" not in answer.text
    tags = heads(answer)
    assert (tags["og:type"], tags["og:title"]) == ("profile", NAME)
    assert tags["og:url"] == f"https://cv.example/functions/v1/share/{slug}"
    assert tags["og:image"] == f"{tags['og:url']}/picture.png"


async def test_contact_details_are_shown_with_consent(reader: httpx.AsyncClient, publish: Callable[..., str]) -> None:
    slug = publish(share_contact=True)
    assert EMAIL in (await reader.get(f"/{slug}")).text
    assert EMAIL in (await reader.get(f"/{slug}/json")).text


async def test_the_policy_allows_the_style_sheet_and_nothing_else(
    reader: httpx.AsyncClient, publish: Callable[..., str]
) -> None:
    answer = await reader.get(f"/{publish()}")
    (sheet,) = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = answer.headers["content-security-policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    for part in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script|<iframe|<object|<link|<img|<form|\son\w+=|style=", answer.text)


async def test_search_engines_learn_of_a_page_only_if_its_owner_says_so(
    reader: httpx.AsyncClient, publish: Callable[..., str]
) -> None:
    slug = publish(share_indexable=True)
    answer = await reader.get(f"/{slug}")
    assert "x-robots-tag" not in answer.headers
    assert "robots" not in heads(answer)
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.text, re.DOTALL)
    data = json.loads(text)
    assert (data["@type"], data["mainEntity"]["@type"], data["mainEntity"]["name"]) == ("ProfilePage", "Person", NAME)
    assert EMAIL not in text
    assert f'<link rel="canonical" href="https://cv.example/functions/v1/share/{slug}">' in answer.text


async def test_the_resume_as_data(reader: httpx.AsyncClient, publish: Callable[..., str]) -> None:
    slug = publish()
    for answer in (await reader.get(f"/{slug}/json"), await reader.get(f"/{slug}", headers=JSON)):
        document = answer.json()
        assert answer.headers["content-type"] == "application/json"
        assert document["resume"]["basics"]["name"] == NAME
        assert "email" not in document["resume"]["basics"]
        assert document["section_order"][0] == "summary"
        assert answer.headers["x-robots-tag"] == "noindex"


async def test_a_page_links_the_others_of_its_owner_only_if_they_say_so(
    stack: Stack,
    reader: httpx.AsyncClient,
    account: Account,
    publish: Callable[..., str],
    new_account: Callable[[], Account],
) -> None:
    slug, stranger = publish(), new_account()
    headers = {"apikey": stack.publishable_key, "authorization": f"Bearer {account.token}"}

    def share(headline: str, owner: Account = account, **columns: Any) -> str:
        content = {"personalInfo": {"name": NAME, "headline": headline}}
        row = owner.row(
            "insert into public.resumes (user_id, title, content) values (%s, %s, %s) returning id",
            owner.user_id, f"secret title of {headline}", json.dumps(content),
        )  # fmt: skip
        names = "".join(f", {name} = %s" for name in columns)
        changed = owner.row(
            f"update public.resumes set is_public = true{names} where id = %s returning share_slug",
            *columns.values(), row["id"],
        )  # fmt: skip
        if headline == "Locked":
            protect(stack, dataclasses.replace(owner, resume_id=str(row["id"])))
        return str(changed["share_slug"])

    shown = share("Data <Engineer>")
    share("Locked")
    share("Expired", share_expires_at="2020-01-01T00:00:00Z")
    share("Stranger", owner=stranger)
    page = (await reader.get(f"/{slug}")).text
    assert shown not in page
    assert (await reader.get(f"/{slug}/json")).json()["others"] == []
    async with httpx.AsyncClient() as owner:
        row = f"{stack.url}/rest/v1/user_settings?user_id=eq.{account.user_id}"
        saved = await owner.patch(row, headers=headers, json={"profile_visibility": True})
    assert saved.status_code == 204, saved.text
    page = (await reader.get(f"/{slug}")).text
    assert re.findall(r'<li><a href="([^"]+)" rel="nofollow">([^<]*)</a>', page) == [
        (f"https://cv.example/functions/v1/share/{shown}", "Data &lt;Engineer&gt;")
    ]
    assert "secret title" not in page
    assert (await reader.get(f"/{slug}/json")).json()["others"] == [{"slug": shown, "headline": "Data <Engineer>"}]


async def test_the_pdf_only_if_the_owner_allows_it_and_with_what_the_page_shows(
    reader: httpx.AsyncClient, publish: Callable[..., str], account: Account
) -> None:
    slug = publish()
    refused = await reader.get(f"/{slug}/pdf")
    assert (refused.status_code, refused.json()["code"]) == (404, "share_not_found")
    account.run("update public.resumes set share_pdf = true where id = %s", account.resume_id)
    assert f'href="https://cv.example/functions/v1/share/{slug}/pdf"' in (await reader.get(f"/{slug}")).text
    answer = await reader.get(f"/{slug}/pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert re.fullmatch(r'inline; filename="[A-Za-z0-9-]+\.pdf"', answer.headers["content-disposition"])
    document = pypdf.PdfReader(io.BytesIO(answer.content))
    text = " ".join(each.extract_text() for each in document.pages)
    attached = document.attachments["resume.json"][0].decode()
    assert FULL["experience"][0]["company"] in text
    for place in (text, attached):
        assert EMAIL not in place
    again = await reader.get(f"/{slug}/pdf", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_the_picture_for_previews(reader: httpx.AsyncClient, publish: Callable[..., str]) -> None:
    slug = publish()
    answer = await reader.get(f"/{slug}/picture.png")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    again = await reader.get(f"/{slug}/picture.png", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


def many(text: Callable[[int], str], entries: int = 100, bullets: int = 13) -> dict[str, Any]:
    jobs = [{"company": f"C{at}", "bullets": [text(80) for _ in range(bullets)]} for at in range(entries)]
    return {"personalInfo": {"name": NAME}, "experience": jobs}


def latin(letters: int) -> str:
    return ("Led the team. " * letters)[:letters]


def mixed(letters: int) -> str:
    return ("日本 हिन्दी עברית العربية 한국 " * letters)[:letters]


@pytest.mark.parametrize("text", [latin, mixed])
async def test_a_long_resume_costs_no_more_than_its_first_page_and_has_no_pdf(
    reader: httpx.AsyncClient, publish: Callable[..., str], text: Callable[[int], str]
) -> None:
    slug = publish(many(text), share_pdf=True)
    assert (await reader.get(f"/{slug}/picture.png")).status_code == 200
    answer = await reader.get(f"/{slug}/pdf")
    assert (answer.status_code, answer.json()["code"]) == (422, "resume_too_long")
    assert answer.json()["max_characters"] == 60_000
    assert f"/{slug}/pdf" not in (await reader.get(f"/{slug}")).text, "no page leads to it"
    assert (await reader.get(f"/{slug}/json")).json()["with_pdf"] is False


async def test_the_same_file_is_made_once(
    reader: httpx.AsyncClient, publish: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = publish({"personalInfo": {"name": "Made once"}}, share_pdf=True)
    first = [(await reader.get(f"/{slug}/{path}")).content for path in ("pdf", "picture.png")]
    monkeypatch.setattr(wiring, "resumes", lambda: None)
    assert [(await reader.get(f"/{slug}/{path}")).content for path in ("pdf", "picture.png")] == first


async def test_data_and_attachment_have_the_links_of_the_page(
    reader: httpx.AsyncClient, publish: Callable[..., str]
) -> None:
    refused = [
        "javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "https://ada@evil.example/",
        "JaVaScRiPt://%0aalert(1)",
    ]
    listed = ("experience", "projects", "education", "certifications", "volunteer", "publications")
    person = {"name": NAME, "linkedin": "ada", "github": "https://github.com/ada"}
    for url in refused:
        profiles = [{"network": "Own", "url": url}, {"network": "Xing", "url": "https://xing.example/ada"}]
        content: dict[str, Any] = {section: [{"name": "A", "title": "A", "url": url}] for section in listed}
        content["personalInfo"] = {**person, "website": url, "profiles": profiles}
        slug = publish(content, share_pdf=True, share_contact=True)
        data = (await reader.get(f"/{slug}/json")).text
        pdf = pypdf.PdfReader(io.BytesIO((await reader.get(f"/{slug}/pdf")).content))
        for place in (data, pdf.attachments["resume.json"][0].decode()):
            assert url not in place
            assert "https://github.com/ada" in place
            assert "https://xing.example/ada" in place
            assert '"ada"' in place


async def test_who_asks_only_about_a_page_is_no_view(
    reader: httpx.AsyncClient, publish: Callable[..., str], account: Account
) -> None:
    slug = publish()
    for path in ("", "/json"):
        answer = await reader.head(f"/{slug}{path}")
        assert (answer.status_code, answer.content) == (200, b"")
    assert (await reader.head(f"/{slug}", headers=JSON)).status_code == 200
    assert views(account) == 0


ENDINGS = {
    "unpublished": "update public.resumes set is_public = false where id = %s",
    "draft": "update public.resumes set status = 'draft' where id = %s",
    "in the bin": "update public.resumes set deleted_at = now() where id = %s",
    "deleted": "delete from public.resumes where id = %s",
    "expired": "update public.resumes set share_expires_at = now() - interval '1 second' where id = %s",
    "owner suspended": "update public.profiles set is_active = false where id = %s",
    "owner deleted": "update public.profiles set deleted_at = now() where id = %s",
}


@pytest.mark.parametrize("ending", ENDINGS)
async def test_what_ends_sharing_shows_at_once_also_to_who_has_a_copy(
    reader: httpx.AsyncClient, publish: Callable[..., str], account: Account, ending: str
) -> None:
    slug = publish(share_pdf=True)
    held = {
        path: (await reader.get(f"/{slug}{path}")).headers["etag"] for path in ("", "/json", "/pdf", "/picture.png")
    }
    account.run(ENDINGS[ending], account.user_id if "profiles" in ENDINGS[ending] else account.resume_id)
    never = await reader.get("/AAAAAAAAAAAAAAAAAAAAAA")
    for path, name in held.items():
        answer = await reader.get(f"/{slug}{path}", headers={"if-none-match": name})
        assert answer.status_code == 404, path
        assert answer.headers["cache-control"] == "no-store"
        assert NAME not in answer.text
        if not path:
            assert answer.content == never.content, "nobody learns that there was one"
            assert "noindex" in answer.headers["x-robots-tag"]


async def test_publishing_again_makes_another_address(
    reader: httpx.AsyncClient, publish: Callable[..., str], account: Account
) -> None:
    old = publish()
    account.run("update public.resumes set is_public = false where id = %s", account.resume_id)
    new = publish()
    assert old != new
    assert ((await reader.get(f"/{old}")).status_code, (await reader.get(f"/{new}")).status_code) == (404, 200)


async def test_a_change_shows_at_once_and_the_same_page_is_not_sent_twice(
    reader: httpx.AsyncClient, publish: Callable[..., str]
) -> None:
    slug = publish()
    first = await reader.get(f"/{slug}")
    held = {"if-none-match": f'"x", W/{first.headers["etag"]}'}
    same = await reader.get(f"/{slug}", headers=held)
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", first.headers["etag"])
    publish({**FULL, "summary": "Changed a moment ago."})
    changed = await reader.get(f"/{slug}", headers=held)
    assert (changed.status_code, "Changed a moment ago." in changed.text) == (200, True)


@pytest.mark.parametrize(
    "slug",
    [
        "x", "AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA", "../admin", "%2e%2e", "AAAAAAAAAAAAAAAAAAAAA%0d%0aset-cookie:a=b",
        "' or true --aaaaaaaaaaa", "<script>alert(1)</scri", "AAAAAAAAAAAAAAAAAAAAA%00", "ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ",
    ],
)  # fmt: skip
async def test_a_slug_that_cannot_be_one_is_nothing(reader: httpx.AsyncClient, slug: str) -> None:
    answer = await reader.get(f"/{slug}")
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers
    assert "<script" not in answer.text


async def test_a_private_resume_is_not_found_by_its_id(reader: httpx.AsyncClient, account: Account) -> None:
    for guess in (account.resume_id, account.resume_id.replace("-", "")[:22], account.user_id):
        assert (await reader.get(f"/{guess}")).status_code == 404


async def test_nothing_that_a_user_writes_is_markup(reader: httpx.AsyncClient, publish: Callable[..., str]) -> None:
    plain = Page((await reader.get(f"/{publish(evil('plain'))}")).text)
    usual = {tag for tag, _ in plain.tags} | {"a", "bdi", "li", "ul", "script", "link"}
    more = [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "\u2028</script>",
        "JaVaScRiPt://%0aalert(1)",
    ]
    for text in [*EVIL, *more]:
        slug = publish(evil(text), share_indexable=True, share_contact=True)
        answer = await reader.get(f"/{slug}")
        page = Page(answer.text)
        assert {tag for tag, _ in page.tags} <= usual, text
        assert not [
            name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "style"
        ]
        urls = [
            value or "" for _, attributes in page.tags for name, value in attributes.items() if name in {"href", "src"}
        ]
        assert all(re.match(r"(https?://|mailto:)", url) for url in urls), text
        (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.text, re.DOTALL)
        assert not set(data) & set("<>&\u2028\u2029"), text
        json.loads(data)
        assert len(re.findall("<script", answer.text)) == 1, text


async def test_a_password_opens_the_page_the_data_and_the_pdf(
    reader: httpx.AsyncClient, stack: Stack, publish: Callable[..., str], account: Account
) -> None:
    slug = publish(share_pdf=True, share_indexable=True)
    protect(stack, account)
    closed = await reader.get(f"/{slug}")
    assert (closed.status_code, closed.headers["cache-control"]) == (403, "no-store")
    assert NAME not in closed.text
    assert '<input id="password"' in closed.text
    assert "form-action 'self'" in closed.headers["content-security-policy"]
    for path in ("/json", "/pdf", "/picture.png"):
        answer = await reader.get(f"/{slug}{path}")
        assert (answer.status_code, answer.json()["code"]) == (403, "share_password_required")
    wrong = await reader.post(f"/{slug}", data={"password": "correct horse "})
    assert (wrong.status_code, "This is not the password." in wrong.text, NAME in wrong.text) == (403, True, False)

    opened = await reader.post(f"/{slug}", data={"password": PASSWORD})
    assert opened.status_code == 200
    assert f"<h1>{NAME}</h1>" in opened.text
    assert (opened.headers["cache-control"], "etag" in opened.headers) == ("no-store", False)
    assert (heads(opened)["robots"], "og:image" in heads(opened)) == ("noindex", False), (
        "search engines have no password"
    )
    data = await reader.post(f"/{slug}", json={"password": PASSWORD}, headers=JSON)
    assert data.json()["resume"]["basics"]["name"] == NAME
    pdf = await reader.post(f"/{slug}", data={"password": PASSWORD, "as": "pdf"})
    assert (pdf.headers["content-type"], pdf.headers["cache-control"]) == ("application/pdf", "no-store")
    assert (await reader.post(f"/{slug}", json={"password": "no"}, headers=JSON)).json()[
        "code"
    ] == "share_password_wrong"


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (b"password=\xff", "application/x-www-form-urlencoded", 400),
        (b"password=x&more=1", "application/x-www-form-urlencoded", 422),
        (b"password=" + b"x" * 129, "application/x-www-form-urlencoded", 422),
        (b"password=x&as=exe", "application/x-www-form-urlencoded", 422),
        (b"x" * 5000, "application/x-www-form-urlencoded", 413),
        (b'{"password": {"$ne": ""}}', "application/json", 422),
        (b"password=x", "text/plain", 415),
        (b"", "application/json", 400),
    ],
)
async def test_a_form_that_is_none_is_refused(
    reader: httpx.AsyncClient, publish: Callable[..., str], body: bytes, media_type: str, status: int
) -> None:
    answer = await reader.post(f"/{publish()}", content=body, headers={"content-type": media_type})
    assert answer.status_code == status, answer.text


async def test_guessing_ends_after_ten_passwords(
    reader: httpx.AsyncClient, stack: Stack, publish: Callable[..., str], account: Account, clock: Any
) -> None:
    clock.set("2031-01-01 00:00:00+00")
    slug = publish()
    protect(stack, account)
    for number in range(10):
        assert (await reader.post(f"/{slug}", data={"password": f"guess {number}"})).status_code == 403
    answer = await reader.post(f"/{slug}", data={"password": PASSWORD})
    assert (answer.status_code, NAME in answer.text) == (429, False)
    assert int(answer.headers["retry-after"]) > 0
    assert "Too many passwords" in answer.text
    clock.advance("21 minutes")
    assert (await reader.post(f"/{slug}", data={"password": PASSWORD})).status_code == 200


async def test_views_are_counted_per_day_and_say_nothing_else(
    reader: httpx.AsyncClient, stack: Stack, publish: Callable[..., str], account: Account, new_account: Any
) -> None:
    slug = publish(share_pdf=True)
    for _ in range(2):
        await reader.get(f"/{slug}")
    await reader.get(f"/{slug}", headers={"sec-purpose": "prefetch"})
    await reader.get(f"/{slug}/picture.png")
    await reader.get(f"/{slug}/pdf")
    assert views(account) == 2
    columns = account.run(
        "select attname from pg_attribute where attrelid = 'private.share_views'::regclass and attnum > 0"
    )
    assert {row["attname"] for row in columns} == {"resume_id", "day", "views"}
    protect(stack, account)
    await reader.get(f"/{slug}")
    await reader.post(f"/{slug}", data={"password": "wrong"})
    assert views(account) == 2
    await reader.post(f"/{slug}", data={"password": PASSWORD})
    assert views(account) == 3

    def told(by: Account) -> Any:
        answer = httpx.post(
            f"{stack.url}/rest/v1/rpc/resume_share_views",
            headers={"apikey": stack.publishable_key, "authorization": f"Bearer {by.token}"},
            json={"id": account.resume_id},
        )
        return [row["views"] for row in answer.raise_for_status().json()]

    assert (told(account), told(new_account())) == ([3], [])


async def test_an_administrator_takes_a_page_down_with_a_reason(
    reader: httpx.AsyncClient, stack: Stack, publish: Callable[..., str], account: Account, new_account: Any
) -> None:
    slug, admin = publish(), new_account()

    def call(by: Account, function: str, **arguments: Any) -> httpx.Response:
        headers = {"apikey": stack.publishable_key, "authorization": f"Bearer {by.token}"}
        return httpx.post(f"{stack.url}/rest/v1/rpc/{function}", headers=headers, json=arguments)

    def share() -> httpx.Response:
        headers = {"apikey": stack.publishable_key, "authorization": f"Bearer {account.token}"}
        url = f"{stack.url}/rest/v1/resumes?id=eq.{account.resume_id}"
        return httpx.patch(url, headers=headers, json={"is_public": True})

    assert call(account, "share_take_down", slug=slug, reason="no admin").json()["message"] == "not_an_administrator"
    account.run(
        "insert into public.admin_users (user_id, email) select id, email from auth.users where id = %s", admin.user_id
    )
    assert call(admin, "share_take_down", slug=slug, reason=" ").json()["message"] == "reason_required"
    assert call(admin, "share_take_down", slug="x", reason="spam").json()["message"] == "share_not_found"
    taken = call(admin, "share_take_down", slug=slug, reason="Impersonates somebody")
    assert taken.json() == account.resume_id
    assert (await reader.get(f"/{slug}")).status_code == 404
    refused = share()
    assert (refused.status_code, refused.json()["message"], refused.json()["details"]) == (
        403, "share_taken_down", "Impersonates somebody",
    )  # fmt: skip
    assert call(admin, "share_allow", id=account.resume_id, reason="Was a mistake").status_code in {200, 204}
    assert share().is_success
    logged = account.run(
        "select action, actor_id::text, changes ->> 'reason' as reason from public.audit_logs "
        "where entity_id = %s and action like 'share%%' order by created_at", account.resume_id,
    )  # fmt: skip
    assert [tuple(row.values()) for row in logged] == [
        ("share_taken_down", admin.user_id, "Impersonates somebody"),
        ("share_allowed", admin.user_id, "Was a mistake"),
    ]


@pytest.mark.parametrize("host", ["evil.example/x", 'a"><script>', "a b", "evil.example:99999999", ""])
async def test_a_forged_host_does_not_reach_the_page(
    reader: httpx.AsyncClient, publish: Callable[..., str], host: str
) -> None:
    slug = publish()
    answer = await reader.get(f"/{slug}", headers={"host": host})
    assert heads(answer)["og:url"] == f"/functions/v1/share/{slug}"


async def test_a_configured_address_is_that_of_the_page(stack: Stack, publish: Callable[..., str]) -> None:
    slug = publish(share_pdf=True)
    with wiring.override(settings=Settings({**stack.env(), "RESUMEBASE_SHARE_URL": "https://cv.example.com/"})):
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://x/functions/v1/share"
        ) as made:
            answer = await made.get(f"/{slug}")
    assert heads(answer)["og:url"] == f"https://cv.example.com/{slug}"


async def test_a_browser_is_told_in_a_page_that_it_asked_too_often(
    reader: httpx.AsyncClient, publish: Callable[..., str], clock: Any
) -> None:
    clock.set("2031-02-01 00:00:30+00")
    slug = publish()
    answers = [await reader.get(f"/{slug}") for _ in range(61)]
    assert [each.status_code for each in answers[-2:]] == [200, 429]
    refused = answers[-1]
    assert refused.headers["content-type"] == "text/html; charset=utf-8"
    assert ("<h1>Too many requests</h1>" in refused.text, NAME in refused.text) == (True, False)
    assert int(refused.headers["retry-after"]) > 0
    assert (refused.headers["cache-control"], refused.headers["x-robots-tag"]) == ("no-store", "noindex")
    data = await reader.get(f"/{slug}", headers={"accept": "application/json"})
    assert (data.status_code, data.json()["code"]) == (429, "rate_limited")


async def test_calls_are_limited_per_address(reader: httpx.AsyncClient, publish: Callable[..., str]) -> None:
    slug = publish(share_pdf=True)
    statuses = [(await reader.get(f"/{slug}/pdf", headers={"if-none-match": "*"})).status_code for _ in range(11)]
    assert statuses[-1] == 429
