"""Requests and results of `interview`."""
