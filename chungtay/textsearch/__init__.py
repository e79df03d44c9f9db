"""Search in millions of short Vietnamese texts with amounts and dates, whatever their accents; pure."""
