"""Soak: mixed traffic on a stack of its own, with faults, and a check of everything that must hold afterwards."""
