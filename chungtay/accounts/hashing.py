"""How passwords are kept: argon2id with the parameters that OWASP recommends for servers.

Django's own take 100 MB and eight lanes for every sign-in, which a small box that serves a city on two cores does not have.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """19 MiB, two passes, one lane. Hashes made with other parameters are read, and renewed at the next sign-in."""

    memory_cost = 19_456
    time_cost = 2
    parallelism = 1
