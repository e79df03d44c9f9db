"""Households that are helped: who they are, how they are classed on any day and by which decision, what they need.

The room owns the register, the sealing of what identifies a person, and the log of who looked and why. It holds as little
as helping needs. It never decides who is helped (`support`), never pays, and never shows an identifier unasked.
"""
