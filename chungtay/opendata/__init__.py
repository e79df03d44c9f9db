"""Open data: what the public portal shows, as files that anybody may count again, with schema, licence, version and hash.

It owns the declaration of every dataset, the releases with their files, and the dated licence. Every form of a dataset is derived from
its declaration; nothing is made by hand, and nothing is read that the portal does not show to everybody.
"""
