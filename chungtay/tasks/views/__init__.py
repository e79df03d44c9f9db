"""Screens of tasks, meetings and letters."""
