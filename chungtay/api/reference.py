"""The description of the API arranged for reading: parts, endpoints, what they take and give, an example of each."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from chungtay.api.description import METHODS
from chungtay.api.problems import XLSX

DEEP = 4
"""An example goes so many levels down."""
_KINDS = {
    "string": "chữ",
    "integer": "số nguyên",
    "number": "số",
    "boolean": "đúng/sai",
    "array": "danh sách",
    "object": "đối tượng",
}
_EXAMPLES: Mapping[str, Any] = {
    "date": "2025-06-30",
    "date-time": "2025-06-30T08:00:00+07:00",
    "uuid": "3f1b0c52-8a64-4d0e-9d0b-2f4f6f6f0b1a",
    "indicator": ["support.houses"],
    "unit": ["866"],
    "period": ["2022"],
    "code": "866",
    "name": "Thành phố Cao Lãnh",
}


@dataclass(frozen=True)
class Asked:
    """A parameter in words."""

    name: str
    place: str
    kind: str
    is_required: bool
    words: str


@dataclass(frozen=True)
class Endpoint:
    """One thing that may be asked."""

    id: str
    method: str
    path: str
    summary: str
    words: str
    needs_token: bool
    asked: tuple[Asked, ...]
    body: str
    answer: str
    statuses: tuple[tuple[str, str], ...]
    curl: str


@dataclass(frozen=True)
class Part:
    """Endpoints that belong together."""

    id: str
    title: str
    endpoints: tuple[Endpoint, ...]


def parts_of(described: Mapping[str, Any], site: str) -> list[Part]:
    """Return the parts in the order of the description; `site`: the address that examples call."""
    schemas = described["components"]["schemas"]
    found: dict[str, list[Endpoint]] = {}
    for path, methods in described["paths"].items():
        for method, one in methods.items():
            if method in METHODS:
                found.setdefault(one["tags"][0], []).append(_endpoint(path, method, one, schemas, site))
    return [Part(f"phan-{n}", title, tuple(rows)) for n, (title, rows) in enumerate(found.items(), start=1)]


def _endpoint(path: str, method: str, one: Mapping[str, Any], schemas: Mapping[str, Any], site: str) -> Endpoint:
    body = one.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    good: Mapping[str, Any] = next((said for status, said in one["responses"].items() if status.startswith("2")), {})
    answer = good.get("content", {}).get("application/json", {}).get("schema")
    sent = "" if body is None else _text(example(body, schemas))
    asked = tuple(_asked(parameter) for parameter in one["parameters"])
    return Endpoint(
        id=one["operationId"].replace("_", "-"),
        method=method.upper(),
        path=path,
        summary=one["summary"],
        words=one.get("description", ""),
        needs_token=bool(one.get("security")),
        asked=asked,
        body=sent,
        answer="" if answer is None else _text(example(answer, schemas)),
        statuses=tuple((status, said["description"]) for status, said in one["responses"].items()),
        curl=_curl(method, path, one, sent, site),
    )


def _asked(parameter: Mapping[str, Any]) -> Asked:
    schema = parameter["schema"]
    kinds = {"path": "địa chỉ", "query": "truy vấn", "header": "đầu mục"}
    words = parameter.get("description", "")
    if "default" in schema and schema["default"] not in ("", None):
        words = f"{words} (mặc định {schema['default']})".strip()
    return Asked(parameter["name"], kinds[parameter["in"]], _kind(schema), parameter["required"], words)


def _kind(schema: Mapping[str, Any]) -> str:
    options = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    if options:
        return _kind(options[0])
    if values := schema.get("enum"):
        return " | ".join(map(str, values))
    return {"date": "ngày", "uuid": "mã UUID"}.get(schema.get("format", ""), _KINDS.get(schema.get("type", ""), "chữ"))


def example(schema: Mapping[str, Any], schemas: Mapping[str, Any], name: str = "", depth: int = 0) -> Any:
    """Return something that a schema allows, legible rather than complete."""
    if "$ref" in schema:
        return example(schemas[schema["$ref"].rsplit("/", 1)[-1]], schemas, name, depth)
    if options := schema.get("anyOf"):
        return example(options[0], schemas, name, depth)
    if values := schema.get("enum"):
        return values[0]
    kind = schema.get("type", "object")
    if kind == "object":
        if depth >= DEEP:
            return {}
        return {key: example(one, schemas, key, depth + 1) for key, one in schema.get("properties", {}).items()}
    if kind == "array":
        return [example(schema.get("items", {}), schemas, name, depth + 1)] if depth < DEEP else []
    if schema.get("format") in _EXAMPLES:
        return _EXAMPLES[schema["format"]]
    plain: dict[str, Any] = {"integer": schema.get("minimum", 1) or 1, "number": 1.5, "boolean": True, "null": None}
    return plain.get(kind, _EXAMPLES.get(name) if isinstance(_EXAMPLES.get(name), str) else "…")


def _curl(method: str, path: str, one: Mapping[str, Any], sent: str, site: str) -> str:
    lines = [f"curl {'' if method == 'get' else f'-X {method.upper()} '}'{site}{path}{_query(one['parameters'])}'"]
    if one.get("security"):
        lines.append("-H 'Authorization: Bearer ct_…'")
    named = {parameter["name"] for parameter in one["parameters"] if parameter["required"]}
    lines += [f"-H '{name}: {value}'" for name, value in _HEADERS.items() if name in named]
    if sent:
        lines += ["-H 'Content-Type: application/json'", "-d @noi-dung.json"]
    elif XLSX in one.get("requestBody", {}).get("content", {}):
        lines += [f"-H 'Content-Type: {XLSX}'", "--data-binary @bieu.xlsx"]
    return " \\\n  ".join(lines)


_HEADERS = {"If-Match": '"7"', "Idempotency-Key": "phieu-thu-2025-0001"}


def _query(parameters: Iterable[Mapping[str, Any]]) -> str:
    said = [
        f"{one['name']}={(_EXAMPLES.get(one['name']) or ['…'])[0]}"
        for one in parameters
        if one["in"] == "query" and one["required"]
    ]
    return f"?{'&'.join(said)}" if said else ""


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
