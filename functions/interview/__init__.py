"""Practice interviews."""
