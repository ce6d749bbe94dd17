"""Lines in reading order, and the blocks that they form."""
