"""Many cases at once, as an office handles a round of them: one transaction, one event, every check of a single act."""
