"""What all model adapters share: delimiting, schemas, prices, retries, validation, fallback. No SDK."""
