"""Who gets in where: every address of the site, walked from the resolver, asked by every kind of person.

`matrix.txt` is the table to read; `world.py` the small real data behind it; `asking.py` how a cell is asked.
"""
