"""Tests that stand above the rooms: journeys, permissions, the house, and what every test uses (cast, databases)."""
