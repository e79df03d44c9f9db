"""Periodic returns: forms, reporting rounds, what each unit fills, signs, sends, gets back and has approved.

Owns every submitted version for ever: a version is frozen when it is sent for signing, and approval signs its hash.
Turns an accepted version into facts; never adds anything up.
"""
