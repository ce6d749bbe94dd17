"""Benchmarks. Each measures a value and a baseline in the same run on the same machine: only their ratio is judged.

A module of this package registers its benchmarks::

    @benchmark("ledger.spread", unit="pairs/s", target="ratio >= 0.4")
    def spread(context: Context) -> Measured:
        '''Reserve + commit against two plain statements, 10,000 accounts.'''
        ...
        return Measured(value=ours, baseline=naive)

`make bench` runs all of them, `make bench ONLY=ledger.spread` one, `make bench ONLY=ledger` those of one area.
"""

from __future__ import annotations

from bench.registry import Context, Measured, benchmark

__all__ = ["Context", "Measured", "benchmark"]
