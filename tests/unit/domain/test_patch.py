"""Patches: what may be written, and that nothing else ever changes."""

from __future__ import annotations

import copy
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions._shared.domain.errors import (
    ContentInvalid,
    ItemNotFound,
    PatchConflict,
    PatchInvalid,
    PatchNotAllowed,
    VersionConflict,
)
from functions._shared.domain.resume.json_resume import from_json_resume
from functions._shared.domain.resume.orders import joined, ordered_list, patch_for_order
from functions._shared.domain.resume.patch import (
    apply_patch,
    check_patch,
    patch_for_bullet,
    patch_for_bullets,
    patch_for_description,
    patch_for_skills,
    patch_for_summary,
)

DATA = Path(__file__).parents[2] / "data/json_resume"
ZOE: dict[str, Any] = from_json_resume(json.loads((DATA / "full-backend-engineer.json").read_text())).to_json()


@pytest.fixture
def content() -> dict[str, Any]:
    return copy.deepcopy(ZOE)


def apply(content: dict[str, Any], patch: Any) -> dict[str, Any]:
    before = copy.deepcopy(content)
    after = apply_patch(content, patch, base_version=3, current_version=3)
    assert content == before
    return after


def test_the_summary_is_replaced_and_nothing_else(content: dict[str, Any]) -> None:
    after = apply(content, patch_for_summary(content, "New."))
    assert after == {**content, "summary": "New."}


def test_a_missing_summary_is_added(content: dict[str, Any]) -> None:
    del content["summary"]
    assert apply(content, patch_for_summary(content, "New."))["summary"] == "New."


def test_the_same_text_needs_no_patch(content: dict[str, Any]) -> None:
    assert patch_for_summary(content, content["summary"]) == []
    assert patch_for_bullets(content, 0, content["experience"][0]["bullets"]) == []
    assert patch_for_bullet(content, 0, 1, content["experience"][0]["bullets"][1]) == []


def test_bullets_by_position_and_by_id(content: dict[str, Any]) -> None:
    content["experience"][1]["id"] = "orbita"
    expected = copy.deepcopy(content)
    expected["experience"][1]["bullets"] = ["One", "Two"]
    assert apply(content, patch_for_bullets(content, 1, ["One", "Two"])) == expected
    assert apply(content, patch_for_bullets(content, "orbita", ["One", "Two"])) == expected


def test_one_bullet_and_descriptions(content: dict[str, Any]) -> None:
    after = apply(content, patch_for_bullet(content, 0, 2, "Better"))
    assert after["experience"][0]["bullets"][2] == "Better"
    after = apply(content, patch_for_description(content, "projects", 0, "An extension."))
    assert after["projects"][0]["description"] == "An extension."
    after = apply(content, patch_for_bullets(content, 0, ["Taught"], section="volunteer"))
    assert after["volunteer"][0]["bullets"] == ["Taught"]


def test_an_unknown_item_is_not_found(content: dict[str, Any]) -> None:
    for where in (9, -1, "nobody"):
        with pytest.raises(ItemNotFound):
            patch_for_bullets(content, where, ["x"])
    with pytest.raises(ItemNotFound):
        patch_for_bullet(content, 0, 9, "x")
    with pytest.raises(ItemNotFound):
        patch_for_bullets({}, 0, ["x"])


def test_another_version_is_refused_with_the_current_one(content: dict[str, Any]) -> None:
    with pytest.raises(VersionConflict) as caught:
        apply_patch(content, patch_for_summary(content, "x"), base_version=3, current_version=4)
    assert caught.value.extra == {"current_version": 4}


def test_a_patch_fails_on_content_that_changed(content: dict[str, Any]) -> None:
    summary = patch_for_summary(content, "x")
    bullets = patch_for_bullets(content, 2, ["x"])
    moved = {**content, "summary": "other", "experience": content["experience"][::-1]}
    for patch in (summary, bullets, patch_for_bullets(content, 0, ["x"])):
        with pytest.raises(PatchConflict):
            apply(moved, patch)


def test_skills_may_be_reordered_and_added_but_not_removed(content: dict[str, Any]) -> None:
    technical = content["skills"]["technical"]
    after = apply(content, patch_for_skills(content, "technical", technical[::-1]))
    assert after["skills"]["technical"] == technical[::-1]
    after = apply(content, patch_for_skills(content, "technical", [*technical, "Stripe"]))
    assert after["skills"]["technical"][-1] == "Stripe"
    with pytest.raises(PatchNotAllowed):
        apply(content, patch_for_skills(content, "technical", technical[1:]))
    with pytest.raises(PatchNotAllowed):
        apply(content, patch_for_skills(content, "technical", [*technical, "Haskell"]))


def test_skills_can_be_added_to_a_resume_without_any() -> None:
    content = {"experience": [{"company": "Acme", "bullets": ["Wrote Python"]}]}
    patch = patch_for_skills(content, "technical", ["Python"])
    assert apply(content, patch)["skills"] == {"technical": ["Python"]}
    assert patch_for_skills(content, "soft", []) == []
    with pytest.raises(PatchNotAllowed):
        apply(content, [{"op": "add", "path": "/skills", "value": {"technical": [], "groups": [{"name": "CEO"}]}}])


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/personalInfo",
        "/personalInfo/name",
        "/personalInfo/email",
        "/experience",
        "/experience/-",
        "/experience/0",
        "/experience/0/company",
        "/experience/0/role",
        "/experience/0/title",
        "/experience/0/startDate",
        "/experience/0/endDate",
        "/experience/0/id",
        "/experience/0/extra",
        "/experience/0/bulletsx",
        "/experience/0/bullets/0/x",
        "/experience/01x/bullets",
        "/education/0/degree",
        "/certifications/0/name",
        "/projects/0/name",
        "/skills/groups",
        "/skills/technical/0",
        "/references/0/reference",
        "/extra",
        "/summary/0",
        "/summary\n",
        "summary",
        "/SUMMARY",
        "/~0summary",
    ],
)
@pytest.mark.parametrize("op", ["add", "replace", "remove"])
def test_no_other_path_may_be_written(content: dict[str, Any], path: str, op: str) -> None:
    with pytest.raises(PatchNotAllowed):
        apply(content, [{"op": op, "path": path, "value": "x"}])


SKILLS: dict[str, Any] = {
    "experience": [{"company": "Acme", "bullets": ["a", "b", "c"]}, {"company": "Beta", "bullets": ["d"]}],
    "skills": {
        "technical": ["Go", "SQL"],
        "groups": [{"name": "Data", "keywords": ["SQL", "Kafka"]}, {"name": "Code", "keywords": ["Go"]}],
    },
}


@pytest.mark.parametrize(
    "path", ["/experience/0/bullets", "/skills/technical", "/skills/groups", "/skills/groups/0/keywords"]
)
def test_lists_are_reordered_and_keep_their_items(path: str) -> None:
    items = ordered_list(SKILLS, path)
    for first in itertools.permutations(range(len(items))):
        patch = patch_for_order(SKILLS, path, first)
        assert ordered_list(apply(SKILLS, patch), path) == [items[each] for each in first]
    front = patch_for_order(SKILLS, path, [len(items) - 1])
    assert ordered_list(apply(SKILLS, front), path) == [items[-1], *items[:-1]]
    assert patch_for_order(SKILLS, path, [0]) == []


def test_an_order_follows_a_change_of_a_single_bullet() -> None:
    patch = joined([patch_for_bullet(SKILLS, 0, 2, "C"), patch_for_order(SKILLS, "/experience/0/bullets", [2])])
    assert apply(SKILLS, patch)["experience"][0]["bullets"] == ["C", "a", "b"]
    assert [each["op"] for each in patch] == ["test", "test", "replace", "move"]
    swapped = {**SKILLS, "experience": SKILLS["experience"][::-1]}
    with pytest.raises(PatchConflict):
        apply(swapped, patch_for_order(SKILLS, "/experience/0/bullets", [2]))


@pytest.mark.parametrize("first", [[3], [-1], [0, 0]])
def test_an_order_names_items_that_the_list_has(first: list[int]) -> None:
    with pytest.raises(ItemNotFound):
        patch_for_order(SKILLS, "/experience/0/bullets", first)
    for path in ("/experience/7/bullets", "/projects/0/bullets", "/skills/soft", "/skills/groups/7/keywords"):
        with pytest.raises(ItemNotFound):
            patch_for_order(SKILLS, path, [0])


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("/experience/0/bullets/0", "/experience/1/bullets/0"),
        ("/skills/technical/0", "/skills/groups/0/keywords/0"),
        ("/skills/groups/0/keywords/0", "/skills/groups/1/keywords/0"),
        ("/experience/0", "/experience/1"),
        ("/skills/groups/0", "/skills/technical/0"),
        ("/experience/0/bullets/0", "/experience/0/bullets/-"),
        ("/experience/0/bullets", "/experience/0/bullets"),
        (None, "/experience/0/bullets/0"),
    ],
)
def test_nothing_moves_out_of_its_list(source: str | None, target: str) -> None:
    with pytest.raises(PatchNotAllowed):
        apply(SKILLS, [{"op": "move", "from": source, "path": target}])


@pytest.mark.parametrize("op", ["move", "copy", "merge", "REPLACE"])
def test_no_other_operation_is_allowed(content: dict[str, Any], op: str) -> None:
    with pytest.raises(PatchNotAllowed):
        apply(content, [{"op": op, "from": "/personalInfo/phone", "path": "/summary", "value": "x"}])


@pytest.mark.parametrize(
    "patch",
    [
        None,
        {},
        "x",
        ["x"],
        [{}],
        [{"op": "replace", "path": "/summary"}],
        [{"op": "replace", "value": "x"}],
        [{"op": 1, "path": "/summary", "value": "x"}],
        [{"op": "add", "path": ["summary"], "value": "x"}],
        [{"op": "test", "path": "/summary", "value": ""}] * 201,
    ],
)
def test_a_malformed_patch_is_refused(content: dict[str, Any], patch: Any) -> None:
    with pytest.raises(PatchInvalid):
        apply(content, patch)


@pytest.mark.parametrize(
    "patch",
    [
        [{"op": "replace", "path": "/summary", "value": 5}],
        [{"op": "replace", "path": "/summary", "value": "x" * 10_001}],
        [{"op": "replace", "path": "/experience/0/bullets", "value": ["x", None]}],
        [{"op": "replace", "path": "/experience/0/bullets", "value": "one"}],
        [{"op": "add", "path": "/experience/0/bullets/0", "value": {"a": 1}}],
        [{"op": "replace", "path": "/summary", "value": "nul \0"}],
    ],
)
def test_the_result_must_be_valid_content(content: dict[str, Any], patch: Any) -> None:
    with pytest.raises(ContentInvalid):
        apply(content, patch)


@pytest.mark.parametrize(
    "patch",
    [
        [{"op": "replace", "path": "/experience/99/bullets", "value": ["x"]}],
        [{"op": "replace", "path": "/experience/0/bullets/99", "value": "x"}],
        [{"op": "remove", "path": "/experience/0/bullets/99"}],
        [{"op": "test", "path": "/personalInfo/name", "value": "Somebody"}],
        [{"op": "test", "path": "/nowhere", "value": None}],
        [{"op": "test", "path": "nowhere", "value": None}],
    ],
)
def test_a_patch_that_does_not_apply_is_a_conflict(content: dict[str, Any], patch: Any) -> None:
    with pytest.raises(PatchConflict):
        apply(content, patch)


def test_single_bullets_may_be_added_and_removed(content: dict[str, Any]) -> None:
    after = apply(
        content,
        [
            {"op": "remove", "path": "/experience/0/bullets/0"},
            {"op": "add", "path": "/experience/0/bullets/-", "value": "Last"},
        ],
    )
    assert after["experience"][0]["bullets"] == [*content["experience"][0]["bullets"][1:], "Last"]


PATHS = st.from_regex(
    r"\A(/(summary|experience|projects|skills|personalInfo|extra|0|1|-|bullets|description|technical|soft|company|name)){1,4}\Z"
)
OPERATIONS = st.fixed_dictionaries(
    {
        "op": st.sampled_from(["add", "replace", "remove", "move", "copy"]),
        "path": PATHS,
        "from": PATHS,
        "value": st.text(max_size=5) | st.lists(st.text(max_size=5), max_size=2) | st.just({"name": "x"}),
    }
)


@settings(max_examples=100, deadline=None)
@given(st.lists(OPERATIONS, max_size=3))
def test_an_accepted_patch_never_changes_facts(patch: list[dict[str, Any]]) -> None:
    try:
        check_patch(patch)
        after = apply(ZOE, patch)
    except (PatchNotAllowed, PatchInvalid, PatchConflict, ContentInvalid):
        return
    for key, value in ZOE.items():
        if key not in {"summary", "skills", "experience", "projects", "volunteer"}:
            assert after[key] == value
    for old, new in zip(ZOE["experience"], after["experience"], strict=True):
        for key in ("company", "role", "startDate", "location"):
            assert new.get(key) == old.get(key)
    assert after["skills"]["groups"] == ZOE["skills"]["groups"]
    assert set(ZOE["skills"]["technical"]) <= set(after["skills"]["technical"])
