"""Résumé content: its shape, its dates, patches to it, and JSON Resume in and out."""
