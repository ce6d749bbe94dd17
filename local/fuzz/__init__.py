"""Fuzzing of the functions by their OpenAPI descriptions."""
