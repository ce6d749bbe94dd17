"""Benchmarks: each measures something and its baseline in one run, on one machine, so that only the ratio is judged.

A module of this package registers what it measures::

    @benchmark("ledger.spread", unit="pairs/s", target="ratio >= 0.4")
    def spread(context: Context) -> Measured:
        '''Reserve + commit against two plain statements, 10,000 accounts.'''
        ...
        return Measured(value=ours, baseline=naive)

`make bench` runs all of them, `make bench ONLY=ledger.spread` (or `ONLY=ledger`) some.
"""

from __future__ import annotations

from bench.registry import Context, Measured, benchmark

__all__ = ["Context", "Measured", "benchmark"]
