"""The catalogue of the worked examples (books §9)."""

from __future__ import annotations

from tests.books.facts import Price

WELCOME_UNITS = 5
# Pack: units and amount in INR.
PACKS = {"pack_20": (20, 19_900), "pack_60": (60, 49_900), "pack_200": (200, 149_900)}

ZERO_YEAR = Price("zero", 1, "year", 1_000, "INR", 0)
BASIC_MONTH = Price("basic", 2, "month", 1_000, "INR", 100)
BASIC_YEAR = Price("basic", 2, "year", 10_000, "INR", 100)
PLUS_MONTH = Price("plus", 3, "month", 1_900, "INR", 200)
TOP_MONTH = Price("top", 4, "month", 2_700, "INR", 300)
TOP_YEAR = Price("top", 4, "year", 29_800, "INR", 300)
PRO_MONTH = Price("pro", 5, "month", 1_200, "USD", 50, trial_days=7)
PRO_YEAR = Price("pro", 5, "year", 11_500, "USD", 50, trial_days=7)
UNLIMITED_MONTH = Price("unlimited", 6, "month", 2_900, "USD", 0)

DEFAULT_PLAN = "free"
