"""People's accounts: who they are, how they prove it, and the page where they look after it.

Owns the user, sign-in and its throttle. What a person may do is not decided here but in `access`.
"""
