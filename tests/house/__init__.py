"""The rules of the house itself: direction, names, files, templates, history, clock, and documents in step with the code.

Each rule is a small pure function over what is found (`tree.py` finds it), so that a planted fault can show it red.
"""
