"""Résumés in the data formats of other products."""
