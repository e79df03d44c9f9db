"""The table that anybody puts together: any indicators × units × periods, on the screen and as files.

`asking` reads the question from the address, `spans` makes its periods, `table` asks the account and lays out, `files`
writes CSV and Excel, `views` answers. It makes no number: every cell is a figure with its coverage and its trace.
"""
