"""What goes out beside the tables: the Frictionless package, the metadata that Datasette shows, the DCAT-AP catalogue as JSON-LD."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chungtay.opendata.models import Release, ReleaseFile
from chungtay.opendata.rules import BASE, MEDIA_TYPES, Dataset, format_of, schema_of

NAME = "chung-tay-du-lieu-mo"
TITLE = "Dữ liệu mở của cổng công khai"
DESCRIPTION = (
    "Những gì cổng công khai cho mọi người xem, ở dạng tệp để đếm lại: số liệu chương trình, sao kê đã công khai, đơn vị hành chính "
    "qua thời gian, nhóm cộng đồng, kiến nghị, khen thưởng tập thể. Không có dữ liệu cá nhân ngoài tên người ủng hộ đã chọn nêu tên."
)
LANGUAGE = "http://publications.europa.eu/resource/authority/language/VIE"
DAILY = "http://publications.europa.eu/resource/authority/frequency/DAILY"
FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
_FILE_TYPES = {"csv": "CSV", "json": "JSON", "parquet": "PARQUET", "db": "OCTET"}
_SPDX = "http://spdx.org/rdf/terms#"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": _SPDX,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
SAMPLE = "Số liệu minh họa"
Address = Callable[[str], str]


@dataclass(frozen=True)
class Said:
    """Who publishes, and whether the figures are invented: then the title of everything says so."""

    office: str
    is_sample: bool

    @property
    def title(self) -> str:
        """What the whole is called."""
        return f"{TITLE} ({SAMPLE})" if self.is_sample else TITLE

    @property
    def description(self) -> str:
        """What the whole holds."""
        return f"{SAMPLE}. {DESCRIPTION}" if self.is_sample else DESCRIPTION

    @property
    def plain(self) -> dict[str, str]:
        """As it counts in what a release says."""
        return {"title": self.title, "description": self.description, "office": self.office}


def write_json(said: Mapping[str, Any], path: Path) -> None:
    """Write a descriptor, the same for the same words."""
    path.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def data_package(
    release: Release, datasets: Sequence[Dataset], files: Sequence[ReleaseFile], of: Said
) -> dict[str, Any]:
    """Return the Frictionless Data Package of a release; paths are of files beside it."""
    tables = {one.dataset: one for one in files if format_of(one.name) == "csv"}
    said: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": of.title,
        "description": of.description,
        "version": str(release.version),
        "created": release.at.isoformat(timespec="seconds"),
        "contributors": [{"title": of.office, "role": "publisher"}] if of.office else [],
        "licenses": [licence_of(release)],
        "resources": [_resource(one, tables[one.name]) for one in datasets],
    }
    return {key: value for key, value in said.items() if value != []}


def licence_of(release: Release) -> dict[str, str]:
    """Return the licence of a release as Frictionless names it."""
    said = {"name": release.licence["code"], "title": release.licence["name"], "path": release.licence["url"]}
    return {key: value for key, value in said.items() if value}


def _resource(dataset: Dataset, file: ReleaseFile) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": dataset.name,
        "title": dataset.title,
        "description": dataset.description,
        "path": file.name,
        "format": "csv",
        "mediatype": MEDIA_TYPES["csv"],
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "lineTerminator": "\r\n", "header": True},
        "schema": schema_of(dataset),
    }


def datasette_metadata(licence: Mapping[str, Any], datasets: Sequence[Dataset], of: Said) -> dict[str, Any]:
    """Return what `datasette chung-tay.db -m metadata.json` shows beside the tables."""
    tables = {
        one.name: {
            "title": one.title,
            "description": one.description,
            "columns": {field.name: f"{field.title}. {field.description}" for field in one.fields},
        }
        for one in datasets
    }
    of_all = {
        "title": of.title,
        "description": of.description,
        "license": licence["name"],
        "license_url": licence["url"],
        "source": of.office,
    }
    said = {key: value for key, value in of_all.items() if value}
    return said | {"databases": {BASE.rpartition(".")[0]: {**said, "tables": tables}}}


def catalogue(
    release: Release,
    files: Sequence[ReleaseFile],
    *,
    of: Said,
    home: str,
    page_of: Address,
    file_of: Address,
) -> dict[str, Any]:
    """Return the DCAT-AP catalogue of a release as JSON-LD. `page_of` a dataset's name and `file_of` a file's give whole addresses."""
    licence = release.licence["url"]
    publisher = {"@id": f"{home}#co-quan", "@type": "foaf:Agent", "foaf:name": of.office or of.title}
    made = _typed(release.at.isoformat(timespec="seconds"), "dateTime")

    def distribution(file: ReleaseFile) -> dict[str, Any]:
        kind = format_of(file.name)
        said: dict[str, Any] = {
            "@id": file_of(file.name),
            "@type": "dcat:Distribution",
            "dct:title": _vi(file.name),
            "dcat:accessURL": {"@id": page_of(file.dataset) if file.dataset else home},
            "dcat:downloadURL": {"@id": file_of(file.name)},
            "dcat:mediaType": {"@id": f"http://www.iana.org/assignments/media-types/{MEDIA_TYPES[kind]}"},
            "dct:format": {"@id": f"{FILE_TYPES}{_FILE_TYPES[kind]}"},
            "dcat:byteSize": _typed(str(file.size), "nonNegativeInteger"),
            "spdx:checksum": {
                "@type": "spdx:Checksum",
                "spdx:algorithm": {"@id": f"{_SPDX}checksumAlgorithm_sha256"},
                "spdx:checksumValue": _typed(file.sha256, "hexBinary"),
            },
        }
        return said | _rights(release)

    def dataset(said: Mapping[str, Any]) -> dict[str, Any]:
        mine = [one for one in files if one.dataset == said["name"]]
        return {
            "@id": f"{page_of(said['name'])}#bo-du-lieu",
            "@type": "dcat:Dataset",
            "dct:identifier": said["name"],
            "dct:title": _vi(said["title"]),
            "dct:description": _vi(said["description"]),
            "dcat:keyword": [_vi(word) for word in said["keywords"]],
            "dct:publisher": {"@id": publisher["@id"]},
            "dct:language": {"@id": LANGUAGE},
            "dct:accrualPeriodicity": {"@id": DAILY},
            "dct:modified": made,
            "dcat:version": str(release.version),
            "dcat:landingPage": {"@id": page_of(said["name"])},
            "dcat:distribution": [distribution(one) for one in mine],
        }

    said: dict[str, Any] = {
        "@context": CONTEXT,
        "@id": home,
        "@type": "dcat:Catalog",
        "dct:title": _vi(of.title),
        "dct:description": _vi(of.description),
        "dct:publisher": publisher,
        "dct:language": {"@id": LANGUAGE},
        "dct:modified": made,
        "foaf:homepage": {"@id": home},
        "dcat:dataset": [dataset(one) for one in release.datasets],
    }
    return said | ({"dct:license": {"@id": licence}} if licence else {})


def _rights(release: Release) -> dict[str, Any]:
    """A licence where one was given; else words, for no address stands for “ask the office”."""
    given = release.licence
    if given["url"]:
        return {"dct:license": {"@id": given["url"]}}
    return {"dct:rights": {"@type": "dct:RightsStatement", "dct:description": _vi(f"{given['name']}. {given['note']}")}}


def _vi(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "vi"}


def _typed(text: str, kind: str) -> dict[str, str]:
    return {"@value": text, "@type": f"xsd:{kind}"}
