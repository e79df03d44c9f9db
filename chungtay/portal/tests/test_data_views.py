"""The pages under /data/: what they show, how files are given, and that package and catalogue keep their standards' rules."""

import csv
import hashlib
import json
import re
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from chungtay.opendata import selectors as open_data
from chungtay.opendata.services import give_licence, release
from chungtay.portal import caching, services


@pytest.fixture
def out(room, web, settings, tmp_path):
    """The newsroom's portal with an article, and its first release."""
    settings.DATA_DIR = tmp_path
    caching.kept.clear()
    services.name_portal(area=room.cast.city, place="Cao Lãnh", office="Ủy ban", now=room.tick(), by=None)
    room.published()
    return release(now=room.tick(), by=None).release


def taken(response):
    """The bytes of a file."""
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_before_the_first_release_the_catalogue_says_so_and_there_is_nothing_else(room, web):
    assert "Chưa có bản dữ liệu mở nào" in web().get("/data/").content.decode()
    for path in ("/data/units/", "/data/units.csv", "/data/catalog.jsonld", "/data/ban/1/", "/data/ban/1/units.csv"):
        assert web().get(path).status_code == 404, path
    assert "/data/" not in web().get("/sitemap.xml").content.decode()


def test_the_catalogue_names_every_dataset_with_rows_formats_and_licence(out, web):
    text = web().get("/data/").content.decode()
    for one in open_data.listed(out):
        assert one.dataset.title in text and reverse("data-set", args=[one.dataset.name]) in text
        for kind in ("csv", "json", "parquet"):
            assert f"/data/ban/1/{one.dataset.name}.{kind}" in text
    assert (
        "Chưa chọn giấy phép" in text and "chưa kiểm chứng" in text and "sha256sum" in text and "datasette -i" in text
    )
    site = web().get("/sitemap.xml").content.decode()
    assert "http://testserver/data/" in site and "http://testserver/data/units/" in site
    assert 'href="/data/"' in web().get("/").content.decode()


def test_a_dataset_shows_its_fields_first_rows_and_releases(out, web):
    text = web().get("/data/article_figures/").content.decode()
    dataset = open_data.dataset_of("article_figures")
    for one in dataset.fields:
        assert f"<code>{one.name}</code>" in text and one.title in text
    assert "21\xa0căn" in text and open_data.file_of(1, "article_figures.csv").sha256 in text
    for name in ("nothing", "ban", "datasets"):
        assert web().get(f"/data/{name}/").status_code == 404


def test_a_file_is_given_whole_with_its_hash_as_its_tag_for_ever(out, room, web):
    kinds = {
        "units.csv": "text/csv; charset=utf-8",
        "units.json": "application/json",
        "units.parquet": "application/vnd.apache.parquet",
        "chung-tay.db": "application/vnd.sqlite3",
        "datapackage.json": "application/json",
    }
    for name, kind in kinds.items():
        answer = web().get(f"/data/ban/1/{name}")
        said = {key: answer.headers[key] for key in ("Content-Type", "ETag", "Content-Disposition", "Content-Length")}
        data = taken(answer)
        tag = f'"{hashlib.sha256(data).hexdigest()}"'
        disposition = f'attachment; filename="{name}"'
        assert tuple(said.values()) == (kind, tag, disposition, str(len(data)))
        assert "immutable" in answer.headers["Cache-Control"] and "Set-Cookie" not in answer.headers
        unchanged = web().get(f"/data/ban/1/{name}", headers={"if-none-match": tag})
        assert unchanged.status_code == 304 and unchanged.headers["ETag"] == tag
        assert web().get(f"/data/{name}").headers["Location"] == f"/data/ban/1/{name}"
    old = taken(web().get("/data/ban/1/article_figures.csv"))
    room.published(slug="bai-hai")
    assert release(now=room.tick(), by=None).release.version == 2
    assert taken(web().get("/data/ban/1/article_figures.csv")) == old
    assert web().get("/data/article_figures.csv").headers["Location"] == "/data/ban/2/article_figures.csv"
    assert (
        "Bản cũ" in web().get("/data/ban/1/").content.decode()
        and "Bản cũ" not in web().get("/data/ban/2/").content.decode()
    )
    open_data.path_of(open_data.file_of(1, "article_figures.csv").sha256).unlink()
    assert web().get("/data/ban/1/article_figures.csv").status_code == 404
    for path in ("/data/ban/1/../../secret-key", "/data/ban/1/none.csv", "/data/ban/9/units.csv"):
        assert web().get(path).status_code == 404, path


def test_a_signed_in_person_and_a_visitor_get_the_same(out, room, web):
    assert taken(web(room.cast.clerk).get("/data/ban/1/units.csv")) == taken(web().get("/data/ban/1/units.csv"))
    assert web(room.cast.clerk).get("/data/").headers["Cache-Control"] == "no-store"
    first = web().get("/data/")
    assert web().get("/data/", headers={"if-none-match": first.headers["ETag"]}).status_code == 304


TYPES = {
    "string": str,
    "integer": int,
    "number": Decimal,
    "boolean": lambda text: {"true": True, "false": False}[text],
    "date": date.fromisoformat,
}


def test_the_package_is_frictionless_and_every_row_keeps_its_schema(out, web):
    """Held by hand: types, required, enum, minimum, primary and foreign keys, bytes and hash."""
    package = json.loads(taken(web().get("/data/ban/1/datapackage.json")))
    assert package["profile"] == "tabular-data-package" and re.fullmatch(r"[a-z0-9._-]+", package["name"])
    assert package["licenses"][0]["name"] and package["resources"]
    keys, pointing = {}, []
    for resource in package["resources"]:
        data = taken(web().get(f"/data/ban/1/{resource['path']}"))
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        head, *rows = csv.reader(data.decode("utf-8").splitlines(keepends=True))
        fields = resource["schema"]["fields"]
        assert head == [one["name"] for one in fields]
        for row in rows:
            for one, text in zip(fields, row, strict=True):
                held = one.get("constraints", {})
                assert text or not held.get("required"), (resource["name"], one["name"])
                if text:
                    cell = TYPES[one["type"]](text)
                    assert cell in held.get("enum", [cell]) and cell >= held.get("minimum", cell)
        named = [dict(zip(head, row, strict=True)) for row in rows]
        primary = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in named]
        assert len(set(primary)) == len(primary), resource["name"]
        keys[resource["name"]] = set(primary)
        for key in resource["schema"].get("foreignKeys", ()):
            pointing += [
                (key["reference"]["resource"], row[key["fields"][0]]) for row in named if row[key["fields"][0]]
            ]
    assert pointing and all((value,) in keys[table] for table, value in pointing)


def test_the_catalogue_has_what_dcat_ap_asks_for(out, web, room):
    licence = "https://creativecommons.org/licenses/by/4.0/"
    catalogue = json.loads(web().get("/data/catalog.jsonld").content)
    assert "dct:license" not in catalogue, "none was given"
    assert catalogue["dcat:dataset"][0]["dcat:distribution"][0]["dct:rights"]["dct:description"]["@value"]
    give_licence(
        code="CC-BY-4.0", basis="Quyết định 1", is_verified=False, valid_from=room.now.date(), now=room.tick(),
        by=room.cast.upper_leader,
    )  # fmt: skip
    release(now=room.tick(), by=None)
    answer = web().get("/data/catalog.jsonld")
    assert answer.headers["Content-Type"] == "application/ld+json"
    catalogue = json.loads(answer.content)
    assert catalogue["@type"] == "dcat:Catalog" and catalogue["@id"] == "http://testserver/data/"
    for name in ("dct:title", "dct:description", "dct:publisher", "dcat:dataset"):
        assert catalogue[name], name
    assert catalogue["dct:license"]["@id"] == licence and catalogue["dct:publisher"]["foaf:name"] == "Ủy ban"
    used = set(re.findall(r'"((?:dcat|dct|foaf|spdx|xsd):)', json.dumps(catalogue)))
    assert {prefix[:-1] for prefix in used} <= set(catalogue["@context"])
    for dataset in catalogue["dcat:dataset"]:
        assert (
            dataset["dct:title"]["@language"] == "vi"
            and dataset["dct:description"]["@value"]
            and dataset["dcat:keyword"]
        )
        assert len(dataset["dcat:distribution"]) == 3
        for one in dataset["dcat:distribution"]:
            assert one["@type"] == "dcat:Distribution" and one["dct:license"]["@id"] == licence
            page, file = (urlsplit(one[name]["@id"]).path for name in ("dcat:accessURL", "dcat:downloadURL"))
            assert web().get(page).status_code == 200
            data = taken(web().get(file))
            assert one["dcat:byteSize"]["@value"] == str(len(data))
            assert one["spdx:checksum"]["spdx:checksumValue"]["@value"] == hashlib.sha256(data).hexdigest()


def test_the_desk_releases_and_gives_the_licence_for_whoever_may(out, room, web):
    upper, officer = web(room.cast.upper_leader), web(room.cast.officer)
    assert "Phát hành ngay" in upper.get("/du-lieu-mo/").content.decode()
    assert "Phát hành ngay" not in officer.get("/du-lieu-mo/").content.decode()
    assert officer.post("/du-lieu-mo/phat-hanh/").status_code == 403
    said = {"code": "CC-BY-4.0", "valid_from": f"{room.now:%d/%m/%Y}", "basis": "Quyết định 1"}
    assert officer.post("/du-lieu-mo/", said).status_code == 403
    assert upper.post("/du-lieu-mo/", said | {"basis": ""}).status_code == 422
    assert upper.post("/du-lieu-mo/", said).status_code == 302
    assert "Creative Commons" in upper.get("/du-lieu-mo/").content.decode()
    for expected in ("Đã phát hành bản 2", "Không có gì mới so với bản 2"):
        assert expected in upper.post("/du-lieu-mo/phat-hanh/", follow=True).content.decode()
    assert open_data.newest().by == room.cast.upper_leader and out.version == 1
    room.tick(days=1)
    assert release(now=room.now + timedelta(days=1), by=None).is_new is False
