"""Screens of supervision, one module for each thing that people work on."""
