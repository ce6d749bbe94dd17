"""Audio files: what they are, without decoding them."""
