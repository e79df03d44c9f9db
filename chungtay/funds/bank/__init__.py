"""A fund's bank statements: taken in once, explained by vouchers, searched, and held against the books day by day."""
