"""What makes the rooms one product: settings, addresses, the command line, the server.

The only place that knows everything; it owns no rule and no table.
"""
