"""Lists as workbooks: the template that is filled in, and reading it back, cell by cell, in a limited child process."""
