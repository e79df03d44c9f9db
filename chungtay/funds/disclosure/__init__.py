"""What is told to the public of a fund's money: what must be told by when, where it was told, and lines that cannot change."""
