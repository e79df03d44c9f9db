"""Coordination programmes: the document, its parties, child plans of lower levels, areas of work and targets.

Owns what was agreed. Never holds a result: those are figures.
"""
