"""What every room shares: numbers, words, money, periods, Vietnamese text and the shape of an error.

Pure Python: it knows neither Django, the database, the clock nor the network, and it imports no other room.
"""
