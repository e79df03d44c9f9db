"""Reviews: the sơ kết report that writes itself from the account, and that people then edit without typing a number.

Owns the wording, its history and the list of questions its figures ask. Never holds a figure: every number is asked from the
account as it was known at the review's moment, so the same review gives the same paper however much is learnt later.
"""
