"""Accounts at model providers, over their plain REST APIs."""
