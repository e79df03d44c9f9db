"""Many proposals of one kind as a workbook: the template with the kind's own fields, reading it back cell by cell, and taking it in."""
