"""Recording a reorganisation of units, step by step: kind and day, units, what becomes of them, preview, record.

The draft lives in the session until it is recorded; `draft` turns it into the plan that `places` checks and records. Nothing
is decided here: what is wrong with a plan is said by `places`, and its effect on figures by the account.
"""
