"""The lake: what an export writes, and that DuckDB, Spark and the cube give the same figures."""
