"""Tests of the households room."""
