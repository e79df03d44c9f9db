"""Official papers (NĐ 30/2020): one content model, written as Word, PDF, screen, workbook and slides; and read back.

Owns the form of a paper and the rule that every number in it has a source. Has no tables, knows no programme and no
database: other rooms fill a `rules.Paper` and keep its files.
"""
