"""The door for machines, /api/v1/: figures, returns, money and the rest as JSON, described by OpenAPI.

Owns tokens, the answers kept under a caller's key, and nothing else: reads go through the rooms' selectors and writes through
their services, so a token may never do more than its person could do on a page. Never answers by a session's cookie.
"""
