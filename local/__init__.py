"""Tools for a developer's machine: the local stack, the demo and the checks. Nothing here is deployed."""
