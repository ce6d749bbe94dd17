"""Gemini through google-generativeai, which its vendor no longer supports: an optional extra."""
