"""Gemini through google-generativeai, an optional extra that its vendor no longer supports."""
