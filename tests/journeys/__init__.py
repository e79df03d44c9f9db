"""One user story each, through the command line or a real browser, on real data."""
