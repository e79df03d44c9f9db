"""Pages of a programme's documents and of the changes between it and the plans below."""
