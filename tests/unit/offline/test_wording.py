"""Rephrasing of single lines: better wording, no added facts."""

from __future__ import annotations

import pytest

from functions._shared.adapters.offline.lines import result_first
from functions._shared.adapters.offline.verbs import verbs
from functions._shared.adapters.offline.wording import bullet, sentence, starts_with_verb, tidy


@pytest.mark.parametrize(
    ("original", "rephrased"),
    [
        (
            "I was responsible for managing a yearly budget of \u20b92.5 crore.",
            "Managed a yearly budget of \u20b92.5 crore",
        ),
        (
            "responsible for the launch of the subscription box,which brought 18,000 subscribers",
            "Launched the subscription box, which brought 18,000 subscribers",
        ),
        (
            "Helped the CRM team to raise the open rate from 17% to 29 %",
            "Supported the CRM team in raising the open rate from 17% to 29%",
        ),
        ("my team and I doubled organic traffic", "Doubled organic traffic with the team"),
        ("We have reduced costs by 20%, which saved $1M", "Reduced costs by 20% with the team, which saved $1M"),
        ("worked on keyword research for 25+ clients", "Carried out keyword research for 25+ clients"),
        ("worked on the new website", "Contributed to the new website"),
        ("i wrote 3-4 articles per week", "Wrote 3-4 articles per week"),
        ("Duties included reporting in Google Analytics.", "Reported in Google Analytics"),
        (
            "My main responsibilities were to answer calls and resolve complaints",
            "Answered calls and resolved complaints",
        ),
        (
            "Was part of the task force that cut waiting from 96 to 58 minutes",
            "Contributed to the task force that cut waiting from 96 to 58 minutes",
        ),
        ("Successfully won the Techcrunch Disrupt", "Won the Techcrunch Disrupt"),
        ("Manages a team of 5 and leads the weekly stand-up", "Managed a team of 5 and led the weekly stand-up"),
        ("Managing budgets and training staff", "Managed budgets and trained staff"),
        ("In charge of design and implementation of the API", "Designed and implemented the API"),
        ("I was able to cut downtime by 30% in order to help the ops team", "Cut downtime by 30% to help the ops team"),
        ("Responsible for a team of 12 nurses", "Managed a team of 12 nurses"),
        ("Responsible for the night shift", "Handled the night shift"),
        ("Tasked with training of 30 colleagues", "Trained 30 colleagues"),
        ("- Utilized Excel on a daily basis ; very good results", "Used Excel daily; good results"),
        ("I've built 3 apps, and I also sold one", "Built 3 apps, and sold one"),
        ("Automated our monthly report for my manager", "Automated the monthly report for the manager"),
        # These need no change.
        ("Led a team of 6 engineers", "Led a team of 6 engineers"),
        ("Awarded 'Teacher of the Month'", "Awarded 'Teacher of the Month'"),
        ("Design of experiments with R", "Design of experiments with R"),
        ("Support tickets handled: 300 per month", "Support tickets handled: 300 per month"),
        ("Marketing campaigns in 4 countries", "Marketing campaigns in 4 countries"),
        ("pg-fares is used by 3 agencies", "pg-fares is used by 3 agencies"),
        ("iOS app with 40,000 users", "iOS app with 40,000 users"),
        ("F\u00fchrte ein Team von 5 Personen", "F\u00fchrte ein Team von 5 Personen"),
    ],
)
def test_a_bullet_of_a_past_job(original: str, rephrased: str) -> None:
    assert bullet(original) == rephrased


@pytest.mark.parametrize(
    ("original", "rephrased"),
    [
        ("I am responsible for managing two budgets", "Manage two budgets"),
        ("Manages a team of 5 and leads the stand-up", "Manage a team of 5 and lead the stand-up"),
        ("Mentoring two juniors", "Mentor two juniors"),
        ("Care for up to 3 patients", "Care for up to 3 patients"),
        ("Responsible for the night shift", "Handle the night shift"),
        ("Cut costs by 20%", "Cut costs by 20%"),
        ("Led the move to AWS", "Led the move to AWS"),
        ("I'm part of the sepsis task force", "Contribute to the sepsis task force"),
        ("I\u2019ve led the move to AWS", "Led the move to AWS"),
        ("We're managing the shop", "Manage the shop with the team"),
    ],
)
def test_a_bullet_of_a_current_job_keeps_the_present(original: str, rephrased: str) -> None:
    assert bullet(original, current=True) == rephrased


def test_the_tense_is_kept_if_the_job_status_is_unknown() -> None:
    assert bullet("Manage two budgets", current=None) == "Manage two budgets"
    assert bullet("Manages two budgets", current=None) == "Manage two budgets"
    assert bullet("I am responsible for the night shift", current=None) == "Handle the night shift"
    assert bullet("I was responsible for the night shift", current=None) == "Handled the night shift"


def test_a_sentence_ends_with_punctuation() -> None:
    assert sentence("i wrote articles") == "Wrote articles."
    assert sentence("Really?") == "Really?"
    assert sentence("It works (Go Sooners!)") == "It works (Go Sooners!)"


def test_tidying_keeps_every_word_and_number() -> None:
    assert tidy("  \u2022  Cut  costs ,and  time ( by 20 % ) !!") == "Cut costs, and time (by 20%)!"
    assert tidy("Saved 1,200,000 in 3.5 months; ratio 4:1") == "Saved 1,200,000 in 3.5 months; ratio 4:1"


def test_only_a_real_result_is_moved_to_the_front() -> None:
    assert (
        result_first("Automated the report with SQL, saving 20 hours a month")
        == "Saved 20 hours a month by automating the report with SQL"
    )
    for line in (
        "Automated the report, saving time",
        "Led the team, reporting to 2 directors",
        "Built an API, a client and a site, saving 20 hours",
        "Chess player, raising 3 children",
    ):
        assert result_first(line) == line


def test_forms_of_verbs() -> None:
    known = verbs()
    for forms in ("lead led leading leads", "submit submitted submitting submits", "carry", "reply"):
        if " " in forms:
            assert len({known[form] for form in forms.split()}) == 1
    assert known["studied"].base == "study"
    assert known["oversaw"].ing == "overseeing"
    assert known["planned"].base == "plan"
    assert known["found"].base == "find"


def test_lines_that_start_with_a_verb() -> None:
    assert starts_with_verb("Led a team")
    assert starts_with_verb("Research the market")
    for line in ("Research assistant", "Team of 5", "Marketing campaigns", "", "Leading"):
        assert not starts_with_verb(line)
