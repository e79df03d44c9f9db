"""The next version of the words of an area of work: the one way in which one is written, whoever says it."""

from datetime import datetime

from chungtay.programmes.models import AreaOfWork, Wording


def version_of(area: AreaOfWork) -> int:
    """Return the number of the version that counts."""
    return max(1, area.wordings.count())


def next_wording(area: AreaOfWork, words: str, basis: str, *, now: datetime) -> Wording:
    """Give an area of work new words; the ones before stay as a version. The programme's row must be locked."""
    number = version_of(area)
    if number == 1:
        Wording.objects.create(area_of_work=area, number=1, title=area.title, recorded_at=now)
    made = Wording.objects.create(area_of_work=area, number=number + 1, title=words, basis=basis, recorded_at=now)
    area.title = words
    area.save(update_fields=["title"])
    return made
