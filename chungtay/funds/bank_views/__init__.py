"""The pages of a fund's bank: accounts, files taken in, lines and what explains them, days held against the books."""
