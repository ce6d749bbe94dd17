"""What all language models share: prompts, schemas, retries, fallbacks, caching and prices. Imports no SDK."""
