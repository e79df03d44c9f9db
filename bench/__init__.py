"""The performance goals, measured: each case with its probe (the physical limit), its oracle (an ordinary engine that must
give the same answer) and our own way, in rounds that alternate. A case checks the answers before a time is printed.
"""
