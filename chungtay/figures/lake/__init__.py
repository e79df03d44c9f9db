"""lake: the file form of the account. Live facts as Parquet, written incrementally, and one SQL that consolidates them.

For analysts, as the oracle of the cube, and for the day when one machine is too small: DuckDB and Spark read the same
files with the same SQL and give the figures of `figures.selectors.consolidate`, cell by cell. The lake is derived and may
be thrown away; what reads it needs its folder only, no database.
"""
