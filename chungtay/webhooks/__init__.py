"""What has changed, for other systems: the feed that they ask, and webhooks that tell them by themselves.

Owns the addresses that offices registered, the secrets that sign what is sent there, and every delivery with what became of it. It
never sends what was written, only codes, ids and where to ask; and never to an address inside the house's own network.
"""
