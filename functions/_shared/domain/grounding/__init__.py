"""Whether a generated text says only what its source says."""
