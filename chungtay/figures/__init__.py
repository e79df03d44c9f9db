"""figures: the account. Facts go in once and stay; figures come out with their coverage and open down to their sources.

It owns facts, batches and expectations, the cube that is derived from them, consolidation and the trace.
It never asks a record for a number: other rooms hand in statements and register how a source is shown.
"""
