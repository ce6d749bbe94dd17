"""The report of a soak: one HTML file with its plots inside, and nothing from elsewhere."""

from __future__ import annotations

import platform
from collections import Counter, defaultdict
from html import escape
from statistics import quantiles
from typing import TYPE_CHECKING, Final

import psutil

from local import plots
from local.soak.faults import RECOVERY_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from local.soak.result import Result

STYLE: Final = (
    ":root{color-scheme:light dark}"
    "body{font:15px/1.5 system-ui,sans-serif;max-width:1000px;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;margin:1rem 0}"
    "td,th{padding:.2rem .9rem .2rem 0;text-align:left;border-bottom:1px solid #8884}"
    "td.n{text-align:right;font-variant-numeric:tabular-nums}"
    "svg{max-width:100%;height:auto;display:block;margin:1rem 0}"
    ".ok{color:#2a9d62}.no{color:#d0342c}"
)


def percentile(values: Sequence[float], percent: int) -> float:
    """Return a percentile; of one value, that value."""
    if len(values) < 2:  # noqa: PLR2004 - quantiles need two
        return values[0] if values else 0.0
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    def cell(value: object) -> str:
        is_number = isinstance(value, (int, float))
        text = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}" if is_number else escape(str(value))
        return f'<td class="n">{text}</td>' if is_number else f"<td>{text}</td>"

    lines = ["".join(map(cell, row)) for row in rows]
    titles = "".join(f"<th>{escape(name)}</th>" for name in head)
    return f"<table><tr>{titles}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _by_time(result: Result, width: float) -> tuple[dict[str, list[tuple[float, float]]], ...]:
    """Return rates, latencies and errors by time, in slots of so many seconds."""
    offered, done = Counter[int](), Counter[int]()
    latencies: defaultdict[int, list[float]] = defaultdict(list)
    for sample in result.samples:
        slot = int(sample.due / width)
        offered[slot] += 1
        done[int(sample.ended / width)] += 1
        latencies[slot].append(1000 * (sample.ended - sample.due))
    errors: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for event in result.memory.events:
        if event.action != "again" and (event.status == 0 or event.status >= 500):  # noqa: PLR2004
            errors[f"{event.status} {event.code}"][int(event.ended / width)] += 1
    slots = range(int(result.seconds / width))
    rates = {
        name: [(slot * width, counts[slot] / width) for slot in slots]
        for name, counts in (("offered", offered), ("done", done))
    }
    times = {
        f"p{percent}": [(slot * width, percentile(latencies[slot], percent)) for slot in slots if latencies[slot]]
        for percent in (50, 95, 99)
    }
    common = sorted(errors, key=lambda name: -errors[name].total())[:5]
    faults = {name: [(slot * width, errors[name][slot] / width) for slot in slots] for name in common}
    return rates, times, faults


def page(result: Result) -> str:
    """Return the report."""
    bands = [plots.Band(window.began, window.ended, window.kind) for window in result.windows]
    width = max(1.0, result.seconds / 200)
    rates, times, errors = _by_time(result, width)
    at, what = "seconds since the traffic began", "a second"
    drawn = [
        plots.lines("Actions", rates, x_unit=at, y_unit=what, bands=bands),
        plots.lines("Latency from the scheduled start", times, x_unit=at, y_unit="ms", bands=bands, logarithmic=True),
        plots.lines("Requests that failed (5xx, or no answer)", errors, x_unit=at, y_unit=what, bands=bands),
        plots.lines("Memory (resident)", result.memory_mb, x_unit=at, y_unit="MB", bands=bands),
    ]
    verdict = (
        "".join(f'<li class="no">{escape(breach)}</li>' for breach in result.breaches)
        or '<li class="ok">No breach: every invariant holds, every ledger sums to its balance, nothing is lost.</li>'
    )
    machine = f"{psutil.cpu_count()} processors, {psutil.virtual_memory().total / 2**30:.0f} GB, {platform.platform()}"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Soak</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style><h1>Soak</h1>'
        f"<p>{result.seconds:.0f} s of mixed traffic by {result.people} people on one machine ({escape(machine)}). "
        f"{result.capacity:.1f} actions a second were possible with people who never wait; "
        f"{result.offered:.1f} were offered, at random times, whether or not earlier ones had ended. "
        f"{result.skipped} were left out, because too many were under way.</p>"
        f"<ul>{verdict}</ul>{''.join(drawn)}<h2>Actions</h2>{_actions(result)}<h2>Faults and their errors</h2>"
        f"<p>An error counts to a fault if its request overlaps the fault or the {RECOVERY_S:.0f} s after it.</p>"
        f"{_faults(result)}<h2>Refusals (4xx)</h2>{_refusals(result)}<h2>Afterwards</h2>"
        f"{_table(('what', 'count'), result.facts.items())}</html>"
    )


def _actions(result: Result) -> str:
    rows = []
    for action in sorted({sample.action for sample in result.samples}):
        own = [sample for sample in result.samples if sample.action == action]
        calm = [
            1000 * (sample.ended - sample.due)
            for sample in own
            if not any(
                sample.due < window.ended + RECOVERY_S and sample.ended > window.began for window in result.windows
            )
        ]
        stopped = sum(bool(sample.stopped) for sample in own)
        rows.append(
            (
                action,
                len(own),
                stopped,
                *(round(percentile(calm, percent)) if calm else "" for percent in (50, 95, 99)),
            )
        )
    return _table(("action", "count", "stopped", "p50 ms, calm", "p95 ms, calm", "p99 ms, calm"), rows)


def _faults(result: Result) -> str:
    rows = []
    for window in result.windows:
        codes = Counter(
            f"{event.status} {event.code}"
            for event in result.memory.events
            if (event.status == 0 or event.status >= 500)  # noqa: PLR2004
            and window.touches(event.sent, event.ended)
        )
        text = ", ".join(f"{count} times {code}" for code, count in codes.most_common()) or "none"
        rows.append((window.kind, round(window.began), round(window.ended - window.began, 1), text))
    return _table(("fault", "at s", "for s", "errors"), rows)


def _refusals(result: Result) -> str:
    refused = Counter(
        (event.path, f"{event.status} {event.code}")
        for event in result.memory.events
        if 400 <= event.status < 500  # noqa: PLR2004
    )
    return _table(("request", "answer", "count"), [(*key, count) for key, count in refused.most_common(20)])
