"""Pages of the households room."""
