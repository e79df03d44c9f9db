"""Taking in a workbook of households: read apart, checked cell by cell, compared with the register, taken in at once."""
