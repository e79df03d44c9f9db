"""Screens of contests, sheets, votes, decisions, the reward book and what the public checks."""
