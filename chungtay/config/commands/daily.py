"""chungtay daily [--json]"""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import datetime

SAID = {
    "carried_over": "hộ, nhóm, khóm, ấp về đơn vị mới sau sắp xếp",
    "households": "số liệu mới từ sổ hộ",
    "support": "số liệu mới từ hồ sơ hỗ trợ",
    "community": "số liệu mới từ sổ cộng đồng",
    "supervision": "số liệu mới từ giám sát, kiến nghị",
    "reminders": "lời nhắc mới",
    "notices": "thông báo mới",
    "digests": "thư gộp mới",
    "open_data": "bản dữ liệu mở mới",
    "webhooks": "tin webhook cũ đã xóa",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the shape of the answer."""
    parser.add_argument("--json", action="store_true", help="print a JSON object instead of sentences")


def run(args: argparse.Namespace) -> int:
    """Do what a day brings, each part by itself: one that fails keeps none of the others back. The second run of a day adds nothing."""
    import django

    django.setup()
    from chungtay.kernel.errors import DomainError
    from chungtay.web import clock

    done: dict[str, int] = {}
    failed: dict[str, str] = {}
    for name, part in _parts().items():
        try:
            done[name] = part(clock.now())
        except DomainError as refused:
            failed[name] = str(refused)
    if args.json:
        sys.stdout.write(json.dumps({"done": done, "failed": failed}) + "\n")
    else:
        sys.stdout.writelines(f"{count} {SAID[name]}\n" for name, count in done.items())
        sys.stderr.writelines(f"{SAID[name]}: {sentence}\n" for name, sentence in failed.items())
    return 1 if failed else 0


def _parts() -> dict[str, Callable[[datetime], int]]:
    """The parts in their order: what goes over to a new unit is told there."""
    from chungtay.community import services as community
    from chungtay.households import services as households
    from chungtay.notices import services as notices
    from chungtay.opendata import services as open_data
    from chungtay.supervision import services as supervision
    from chungtay.support import services as support
    from chungtay.tasks import services as tasks
    from chungtay.webhooks import services as webhooks

    return {
        "carried_over": lambda now: households.carry_over(now=now) + community.carry_over(now=now),
        "households": lambda now: households.tell_all(now=now),
        "support": lambda now: support.tell_all(now=now),
        "community": lambda now: community.tell_facts(now=now, by=None),
        "supervision": lambda now: supervision.tell_all(now=now),
        "reminders": lambda now: len(tasks.remind(now=now)),
        "notices": lambda now: notices.tell_due(now=now),
        "digests": lambda now: notices.write_digests(now=now),
        "open_data": lambda now: open_data.release_due(now=now),
        "webhooks": lambda now: webhooks.forget_old(now=now),
    }
