"""Every read: releases and their files, the first rows of a dataset, what is no longer as it was released."""

import csv
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from chungtay.opendata import store
from chungtay.opendata.datasets import DATASETS
from chungtay.opendata.descriptors import Address, Said, catalogue
from chungtay.opendata.licences import UNVERIFIED, known_licences, licence_on
from chungtay.opendata.models import Licence, Release, ReleaseFile
from chungtay.opendata.registry import window
from chungtay.opendata.rules import FORMAT_LABELS, Dataset, format_of
from chungtay.opendata.store import path_of

__all__ = ["UNVERIFIED", "known_licences", "licence_on", "path_of"]


@dataclass(frozen=True)
class Fault:
    """A released file that is gone or altered."""

    version: int
    file: str
    sentence: str


@dataclass(frozen=True)
class Listed:
    """A dataset with its files in a release, smallest form first as people read them: CSV, JSON, Parquet."""

    dataset: Dataset
    files: tuple[ReleaseFile, ...]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.files[0].rows or 0 if self.files else 0


def office() -> str:
    """Return who answers for the portal, "" where nobody is named."""
    return window().office()


def newest() -> Release | None:
    """Return the newest release."""
    return releases().first()


def releases() -> "QuerySet[Release]":
    """Return every release, newest first."""
    return Release.objects.select_related("by").order_by("-version")


def release_of(version: int) -> Release | None:
    """Return a release by its number."""
    return Release.objects.filter(version=version).first()


def files_of(release: Release) -> list[ReleaseFile]:
    """Return the files of a release in the order in which they were kept."""
    return list(release.files.order_by("id"))


def file_of(version: int, name: str) -> ReleaseFile | None:
    """Return a file of a release by its name."""
    return ReleaseFile.objects.filter(release__version=version, name=name).first()


def listed(release: Release) -> list[Listed]:
    """Return the datasets of a release that are still declared, with their files."""
    files = files_of(release)
    found = [Listed(one, tuple(file for file in files if file.dataset == one.name)) for one in DATASETS]
    return [one for one in found if one.files]


def dataset_of(name: str) -> Dataset | None:
    """Return a dataset by its name."""
    return next((one for one in DATASETS if one.name == name), None)


def first_rows(file: ReleaseFile, count: int) -> list[dict[str, str]]:
    """Return the first rows of a released CSV as {column: text}; [] when the file is gone."""
    try:
        with path_of(file.sha256).open(encoding="utf-8", newline="") as lines:
            return list(islice(csv.DictReader(lines), count))
    except OSError:
        return []


def files_named(dataset: str) -> "QuerySet[ReleaseFile]":
    """Return the tables of a dataset in every release, newest first."""
    rows = ReleaseFile.objects.filter(dataset=dataset, name__endswith=".csv").select_related("release")
    return rows.order_by("-release__version")


def catalogue_of(release: Release, *, home: str, page_of: Address, file_of: Address) -> dict[str, Any]:
    """Return the DCAT-AP catalogue of a release as JSON-LD. `page_of` a dataset's name and `file_of` a file's give whole addresses."""
    said = Said(office(), release.is_sample)
    return catalogue(release, files_of(release), of=said, home=home, page_of=page_of, file_of=file_of)


def licences() -> list[Licence]:
    """Return what the office said about licences, newest first."""
    return list(Licence.objects.select_related("by").order_by("-valid_from", "-id"))


def label_of(file: ReleaseFile) -> str:
    """Return the name of a file's format: "CSV", "SQLite"."""
    return FORMAT_LABELS[format_of(file.name)]


def faults() -> list[Fault]:
    """Return every released file that is gone or altered; [] when all are what they were. Each content is counted once."""
    rows = ReleaseFile.objects.select_related("release").order_by("release__version", "id")
    sound: dict[str, bool] = {}
    found = []
    for one in rows.iterator(chunk_size=1_000):
        if one.sha256 not in sound:
            sound[one.sha256] = store.is_sound(one.sha256, one.size)
        if not sound[one.sha256]:
            version = one.release.version
            found.append(
                Fault(version, one.name, f"Bản {version}: tệp {one.name} không còn, hoặc không đúng mã SHA-256.")
            )
    return found
