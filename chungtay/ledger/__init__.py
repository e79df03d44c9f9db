"""Double entry, pure: entries, balances, what must always hold, and journals for other tools.

It owns the shape of an entry and of a voucher, the arithmetic of the books and the named invariants that `verify` checks. It
keeps nothing: rows, rights, charts of accounts and the clock are brought by the rooms above.
"""
