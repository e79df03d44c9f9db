"""Givers as the public meets them: codes of gifts, named or not as they wish, their names kept out of what is told."""
