"""Checking: a text against the account. It says of every figure in it whether the account agrees, differs, or has no source for it.

It owns the pairing of a text's figures with those of the account, what a text says against itself, and what people chose where a
machine could not tell. It never changes the account, and it reads no record: it asks `figures` like everybody else.
"""
