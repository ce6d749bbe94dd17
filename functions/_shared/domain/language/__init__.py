"""Words, numbers and vocabulary: how text is read."""
