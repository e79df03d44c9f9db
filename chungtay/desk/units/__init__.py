"""The pages of administrative units: the map of a day as a list, and the history of one unit with its lineage drawn.

They show what `places` records and lead to the figures; they change nothing. Recording a reorganisation is `desk.wizard`.
"""
