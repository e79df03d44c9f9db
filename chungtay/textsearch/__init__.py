"""Search in millions of short Vietnamese texts with amounts and days, whatever their accents and case; pure.

Owns the index (`index`, on disk by `saving`), the question (`query`, typed into one box: `parsing`) and the places to mark
in a text (`highlights`). Keeps folded texts only: which hit is written with the accents of the question is seen in the
original, which the caller has. Knows no table and no page, and never decides who may see a line.
"""
