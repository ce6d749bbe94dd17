"""Stand-ins that keep objects in a folder of this machine."""
