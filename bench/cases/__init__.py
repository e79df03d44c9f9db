"""One module per case, with a list `CASES` of objects that fulfil `bench.harness.Case`."""
