"""The same tests on both databases: a private PostgreSQL cluster, and flushing of tables that refuse to be emptied."""
