"""Notices: what a person is told, when, by which way, and whether it arrived.

Rooms above tell it within the transaction of what they do (`services.tell`); it keeps the inbox of each person and an outbox that
survives crashes and sends nothing twice. It knows kinds and addresses, never what a notice is about.
"""
