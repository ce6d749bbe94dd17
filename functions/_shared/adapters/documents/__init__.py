"""Documents: what is rendered for people, from data."""
