"""Double entry, pure: entries, balances, what must always hold, and journals for other tools."""
