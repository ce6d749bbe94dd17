"""Documents for people, rendered from data."""
