"""Emulation and commendation: who is scored by what, who decided it, who was commended with which paper and which money.

It owns criteria sets, contests with their score sheets and secret votes, appeals, award decisions, the reward book and the certificates
that the public can check. It never makes a figure: criteria read figures and show where they open; money is paid in `funds`.
"""
