"""A release: every dataset read once, written in every form, kept under its hashes, and only then recorded, whole or not at all.

What says the same as the newest release makes no new one; a reading that began before that of the newest release is dropped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import selectors as audit_log
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.opendata import descriptors, store
from chungtay.opendata.datasets import DATASETS
from chungtay.opendata.descriptors import Said
from chungtay.opendata.licences import Given, licence_on
from chungtay.opendata.models import Release, ReleaseFile, ReleaseHead
from chungtay.opendata.registry import window
from chungtay.opendata.rules import BASE, DATASETTE, FORMATS, PACKAGE, Asked, Dataset, checked, digest_of
from chungtay.opendata.tables import write_base
from chungtay.opendata.writing import write_json, write_tables
from chungtay.programmes.models import Programme


class NoPortal(DomainError):
    """The portal names no place yet, so nobody could answer for its data."""

    def __init__(self) -> None:
        super().__init__(
            "Cổng công khai chưa ghi là cổng của nơi nào, nên chưa biết ai phát hành. Hãy đặt nơi cho cổng trước."
        )


@dataclass(frozen=True)
class Made:
    """What came of it: the newest release, and whether it is new."""

    release: Release
    is_new: bool


@dataclass(frozen=True)
class _Written:
    """Tables written aside, before anything is kept."""

    counts: Mapping[str, int]
    digest: str
    licence: Given
    said: Said
    position: int


def matter() -> Matter:
    """Return the open data, as rights are asked about it. Raises NoPortal."""
    area_id = window().area_id()
    if area_id is None:
        raise NoPortal
    return Matter("open_data", area_id)


def release(*, datasets: Sequence[Dataset] = DATASETS, now: datetime, by: User | None) -> Made:
    """Release what has changed since the last release; the same again gives the release that there is. `by` None: the clock.

    Reads outside a transaction, so that nobody waits for it. Raises NotAsDeclared, NotOnePicture, PublishedFileAltered, and for a
    person NoPortal and what `access.require` raises.
    """
    if by is not None:
        access.require(by, "publish", matter(), on=localdate(now))
    position = audit_log.head().count
    with store.aside() as folder:
        written = _write_tables(datasets, folder, now, position)
        newest = Release.objects.order_by("-version").first()
        if newest is not None and newest.digest == written.digest:
            return Made(newest, False)
        for dataset in datasets:
            write_json(dataset, folder)
        write_base(datasets, written.licence.said, written.said.plain, folder, folder / BASE)
        descriptors.write_json(
            descriptors.datasette_metadata(written.licence.said, datasets, written.said), folder / DATASETTE
        )
        kept = [
            _keep(folder, one.name, f"{one.name}.{kind}", written.counts[one.name])
            for one in datasets
            for kind in FORMATS
        ]
        kept += [_keep(folder, "", name, None) for name in (BASE, DATASETTE)]
        return _record(written, datasets, kept, folder, now, by)


def _write_tables(datasets: Sequence[Dataset], folder: Path, now: datetime, position: int) -> _Written:
    asked = Asked(now, localdate(now))
    counts = {one.name: write_tables(one, checked(one, one.rows(asked)), folder) for one in datasets}
    hashes = {one.name: store.sha256_of(folder / f"{one.name}.csv") for one in datasets}
    licence = licence_on(asked.day)
    said = Said(window().office(), Programme.objects.filter(is_sample=True).exists())
    return _Written(counts, digest_of(hashes, datasets, licence.said, said.plain), licence, said, position)


def _keep(folder: Path, dataset: str, name: str, rows: int | None) -> ReleaseFile:
    kept = store.keep(folder / name)
    return ReleaseFile(dataset=dataset, name=name, sha256=kept.sha256, size=kept.size, rows=rows)


@transaction.atomic
def _record(
    written: _Written,
    datasets: Sequence[Dataset],
    kept: list[ReleaseFile],
    folder: Path,
    now: datetime,
    by: User | None,
) -> Made:
    head = _locked_head()
    newest = Release.objects.order_by("-version").first()
    if newest is not None and (newest.digest == written.digest or newest.position > written.position):
        return Made(newest, False)  # somebody else released the same, or something newer, while we wrote
    made = Release(
        version=head.version + 1,
        at=now,
        day=localdate(now),
        position=written.position,
        digest=written.digest,
        licence=written.licence.said,
        datasets=[
            {"name": one.name, "title": one.title, "description": one.description, "keywords": list(one.keywords)}
            for one in datasets
        ],
        is_sample=written.said.is_sample,
        by=by,
    )
    package = descriptors.data_package(made, datasets, kept, written.said)
    descriptors.write_json(package, folder / PACKAGE)
    kept = [*kept, _keep(folder, "", PACKAGE, None)]
    made.save()
    for file in kept:
        file.release = made
    ReleaseFile.objects.bulk_create(kept)
    ReleaseHead.objects.filter(pk=head.pk).update(version=made.version)
    facts = {
        "version": made.version,
        "digest": made.digest,
        "licence": written.licence.code,
        "files": {file.name: file.sha256 for file in kept},
    }
    audit.record("opendata.release.made", obj=made, area_id=window().area_id(), data=facts, now=now, by=by)
    return Made(made, True)


def _locked_head() -> ReleaseHead:
    """Return the head row, locked, made at the first release."""
    ReleaseHead.objects.bulk_create([ReleaseHead()], ignore_conflicts=True)
    return ReleaseHead.objects.select_for_update().get(pk=1)
