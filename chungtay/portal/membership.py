"""Who may work on the portal's pages: the table of rights says it, and Wagtail's groups repeat it at each visit."""

from django.contrib.auth.models import Group

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.portal.ground import PUBLISHERS, WRITERS
from chungtay.web import clock

RIGHT_OF = {WRITERS: "edit", PUBLISHERS: "publish"}


def groups_of(person: User) -> frozenset[str]:
    """Return the names of the groups that the table of rights gives a person today."""
    keys = access.keys_of(person, on=clock.today())
    return frozenset(name for name, action in RIGHT_OF.items() if keys.areas_for(action, "article"))


def renew(person: User) -> frozenset[str]:
    """Make a person's groups what the table says; return them. Written only when something changed."""
    due = groups_of(person)
    held = frozenset(person.groups.values_list("name", flat=True))
    if due != held:
        person.groups.set(Group.objects.filter(name__in=due))
        for kept in ("_perm_cache", "_group_perm_cache", "_user_perm_cache"):
            person.__dict__.pop(kept, None)
    return due
