"""Sealing of what identifies a person: seals and where the workspace's key lies, pure, for every room that keeps personal data.

It owns the two primitives (a key of its own for each file of a person, a digest by which equal values are found) and never a table: what
is sealed stands in the room that asked for it, and opens only there.
"""
