"""OpenAI, and OpenRouter through its base URL."""
