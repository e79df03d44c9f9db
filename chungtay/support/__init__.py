"""Support cases: who is helped with what, from the hamlet's proposal to minutes with pictures.

It owns cases with their shares of cost, comments, evidence and history, the lists of packages that they give out, and the dated ceilings.
It pays nothing: money moves in `funds`, and a case names the vouchers that paid it. It holds no personal data of its own beside names on
lists; households are the business of `households`.
"""
