"""Every operation of the registry has its tests: a good answer, bad input, a fault, a replay, hostile input, and an answer of
a model that the material does not support. Whoever adds an operation names them here."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from functions.generate.operations import REGISTRY
from tests.functions.generate.cases import CASES

if TYPE_CHECKING:
    from collections.abc import Callable

    import psycopg

TESTS: Final = Path(__file__).parents[1]


class Proofs(NamedTuple):
    """Where each is shown: ``file::test`` below ``tests``. None: it asks no model, which the registry says, too."""

    good: str
    bad_input: str
    fault: str
    replay: str
    hostile: str
    unsupported: str | None


def _in(path: str, *names: str | None) -> Proofs:
    return Proofs(*(name if name is None or "::" in name else f"{path}::{name}" for name in names))  # type: ignore[arg-type]


EVERY: Final = _in(
    "functions/generate/test_every_operation.py",
    "test_a_good_answer_is_delivered_and_charged_once",
    "test_bad_input_is_refused_before_anything_is_reserved",
    "test_no_fault_of_a_provider_is_charged",
    "test_a_good_answer_is_delivered_and_charged_once",
    "test_orders_in_the_data_stay_data_and_obeying_them_is_free",
    "test_what_a_verifier_flags_twice_is_not_delivered",
)
"""Of the operations with a case."""
WRONG_FILE: Final = "contract/test_document_reader.py::test_wrong_files_end_with_a_clear_error"
PROOFS: Final[dict[str, Proofs]] = dict.fromkeys(CASES, EVERY) | {
    "tailor": _in(
        "functions/generate/test_tailor.py",
        "test_each_change_has_its_patch_reason_and_evidence",
        "test_bad_input_is_refused",
        "test_a_failed_model_makes_no_resume",
        "test_a_variant_is_a_new_resume_with_its_origin",
        "test_a_job_description_that_gives_orders_changes_no_fact",
        "test_an_answer_of_which_nothing_is_supported_is_free",
    ),
    "translate": _in(
        "functions/generate/test_translate.py",
        "test_names_figures_dates_and_structure_stay",
        "test_bad_input_is_refused",
        "test_a_failed_model_costs_nothing",
        "test_names_figures_dates_and_structure_stay",
        "test_orders_in_the_resume_are_translated_and_not_followed",
        "test_what_a_verifier_flags_twice_stays_in_its_own_language",
    ),
    "full_resume": _in(
        "functions/generate/test_full_resume.py",
        "test_a_good_answer_is_delivered_as_a_draft_and_charged_once",
        "test_bad_input_is_refused_before_anything_is_reserved",
        "test_a_failed_model_is_free_and_makes_no_resume",
        "test_a_good_answer_is_delivered_as_a_draft_and_charged_once",
        "test_orders_in_the_data_stay_data_and_obeying_them_is_free",
        "test_each_bullet_is_judged_by_its_own_job",
    ),
    "batch": _in(
        "functions/generate/test_tasks.py",
        "test_a_batch_from_request_to_result",
        "test_the_price_of_a_batch_is_known_before",
        "test_one_item_that_fails_leaves_the_others_alone",
        "test_a_batch_from_request_to_result",
        "test_nobody_sees_or_cancels_the_task_of_another_user",
        None,
    ),
    "ats_scan": _in(
        "functions/ats_scan/test_ats_scan.py",
        "test_a_scan_has_two_parts_and_keeps_both",
        "test_bad_requests_are_refused",
        "test_a_file_that_no_machine_reads_is_a_result",
        "test_the_same_key_scans_once",
        "test_a_posting_that_gives_orders_is_a_posting",
        None,
    ),
    "ats_matrix": _in(
        "functions/ats_scan/test_matrix.py",
        "test_each_job_gets_its_best_resume_and_the_dearest_gap_comes_first",
        "test_what_is_not_the_callers_or_has_no_text_costs_nothing",
        "test_a_job_that_asks_for_nothing_has_no_best_resume",
        "test_one_charge_pays_twenty_pairs",
        "unit/ats_scan/test_requirements.py::test_a_hostile_posting_costs_little_time",
        None,
    ),
    "interview": _in(
        "functions/interview/test_chat.py",
        "test_an_interview_from_the_first_question_to_the_report",
        "test_what_cannot_be_started",
        "functions/interview/test_charge.py::test_given_back_if_it_ends_without_an_answer",
        "test_the_same_key_returns_the_interview_as_it_is_now",
        "functions/interview/test_scores.py::test_markup_of_a_job_stays_out_of_questions",
        None,
    ),
    "interview_turn": _in(
        "functions/interview/test_scores.py",
        "test_the_next_question_follows_up_on_what_was_said",
        "functions/interview/test_chat.py::test_an_answer_to_another_question_is_refused",
        "test_without_a_model_the_first_answer_is_not_charged",
        "functions/interview/test_chat.py::test_a_turn_is_replayed_byte_for_byte",
        "test_a_plea_for_points_moves_nothing",
        "test_a_score_without_a_quote_from_the_answer_falls",
    ),
    "interview_score": _in(
        "functions/interview/test_scores.py",
        "test_the_report_of_a_scored_interview",
        "functions/interview/test_chat.py::test_nobody_reads_or_answers_another_users_interview",
        "test_a_later_answer_is_taken_and_scored_at_the_end",
        "functions/interview/test_chat.py::test_completing_again_returns_the_same_report",
        "test_hostile_material_is_delimited_data",
        "test_what_no_interviewer_says_does_not_reach_the_candidate",
    ),
    "interview_audio": _in(
        "functions/interview/test_voice.py",
        "test_a_recording_becomes_a_transcript_and_then_an_answer",
        "test_what_cannot_be_heard_is_never_sent",
        "test_a_vendor_that_fails_costs_no_recording",
        "test_a_recording_becomes_a_transcript_and_then_an_answer",
        "test_the_recording_of_another_user_is_not_read",
        "test_noise_without_words_is_no_answer",
    ),
    "resume_import": _in(
        "functions/resume_import/test_resume_import.py",
        "test_an_upload_becomes_a_new_resume",
        "test_bad_requests_are_refused",
        "test_what_cannot_be_read_costs_nothing_and_leaves_nothing",
        "test_a_file_in_the_request_is_kept",
        "contract/test_document_reader.py::test_bombs_in_a_pdf_stay_within_time_and_memory",
        None,
    ),
    "resume_export": _in(
        "functions/resume_export/test_resume_export.py",
        "test_each_format_is_made_once_and_holds_the_resume",
        "test_bad_requests_are_refused",
        "test_the_task_of_a_resume_that_is_gone_fails_and_leaves_no_file",
        "test_an_export_that_nobody_waits_for_is_a_task",
        "test_an_endless_resume_is_refused",
        None,
    ),
    "account_export": _in(
        "functions/account/test_export.py",
        "test_an_export_has_everything_and_proves_it",
        "test_links_are_the_owners_and_end_when_the_export_is_revoked",
        "test_an_account_that_is_deleted_meanwhile_gets_no_export",
        "test_one_export_runs_at_a_time_and_the_last_one_stays",
        "test_archives_stay_below_their_limit_and_each_opens_by_itself",
        None,
    ),
}


@cache
def written(path: Path) -> frozenset[str]:
    """The tests of a file."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.parse(path.read_text()).body if isinstance(node, functions))


def test_every_operation_names_its_tests(connect: Callable[[], psycopg.Connection[dict[str, object]]]) -> None:
    rows = connect().execute("select slug, asks_model from public.operations").fetchall()
    assert {row["slug"] for row in rows} == PROOFS.keys()
    assert PROOFS.keys() >= REGISTRY.keys()
    for row in rows:
        assert (PROOFS[str(row["slug"])].unsupported is not None) == row["asks_model"], row["slug"]


@pytest.mark.parametrize("slug", PROOFS)
def test_the_named_tests_exist(slug: str) -> None:
    for kind, proof in PROOFS[slug]._asdict().items():
        if proof is not None:
            path, name = proof.split("::")
            assert name in written(TESTS / path), (slug, kind)
