"""The funds of a body: books that balance, what banks say of them, and what is told to the public."""
