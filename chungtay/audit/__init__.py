"""The tamper-evident log: append-only tables guarded by the database, and one hash chain over all that was done.

Owns the base of every history table and the audit events. Never interprets what it keeps: an event's data is the
business of the room that wrote it.
"""
