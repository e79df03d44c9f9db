"""Tables that come from outside: an uploaded workbook as plain rows, opened in a limited child process; pure.

It owns how a foreign list is opened safely, once for every room that takes lists in. What the columns mean is said by those rooms;
a bank's statement and a return have readers of their own.
"""
