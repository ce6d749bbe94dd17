"""OpenAI, and OpenRouter by base URL."""
