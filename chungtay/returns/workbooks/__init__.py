"""The form as a workbook: written for a unit and a period, read back with every problem named by sheet, cell and reason.

No Django here: what comes from outside is opened in a limited child process that knows nothing of the database.
"""
