"""What services need from the outside, one Protocol per file."""
