"""The staff's faces: what waits for me today, and the programme page with its figures against its targets.

Owns no table and writes nothing: it asks the rooms below and shows what they say.
"""
