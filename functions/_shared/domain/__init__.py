"""Pure rules: standard library and pydantic, no input or output."""
