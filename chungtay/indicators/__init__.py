"""The dictionary of indicators: what each figure means, how it is counted and how it adds up.

Owns definitions, units, dimensions. Never holds a value.
"""
