"""Gemini through google-genai, the default provider."""
