"""The OpenAPI 3.1 description of the API, with every refusal that any endpoint may give."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from chungtay.api.problems import MEDIA_TYPE, TITLES
from chungtay.api.shapes import Problem

PREFIX = "api/v1/"
METHODS = frozenset({"get", "post", "put", "patch", "delete"})
# Any endpoint may say these: the guard speaks before it.
ALWAYS = (400, 413, 422, 429)
OF_WRITES = (409, 412, 415)
_STRING = {"type": "string"}
_HEADERS: dict[int, dict[str, Any]] = {
    401: {"WWW-Authenticate": {"schema": _STRING, "required": True}},
    429: {"Retry-After": {"schema": {"type": "integer", "minimum": 1}, "required": True}},
}


@cache
def described(api: NinjaAPI) -> dict[str, Any]:
    """Return the description as JSON-ready data."""
    found: dict[str, Any] = dict(OpenAPISchema(api, PREFIX))
    schemas = found["components"]["schemas"]
    made = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(made.pop("$defs", {}))
    schemas["Problem"] = made
    found["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    found["servers"] = [{"url": "/"}]
    for address, methods in found["paths"].items():
        for method, operation in methods.items():
            if method in METHODS:
                _complete(operation, address, method)
    return found


def _complete(operation: dict[str, Any], address: str, method: str) -> None:
    """Add the refusals of an operation, and what stands in the headers of its answers."""
    responses = operation["responses"]
    for status in _refusals(operation, address, method):
        responses[status] = {
            "description": TITLES[status][0],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            "headers": {"Content-Language": {"schema": {"type": "string", "enum": ["vi", "en"]}}}
            | _HEADERS.get(status, {}),
        }
    if method == "get":
        tag = {"ETag": {"schema": _STRING, "required": True}}
        responses[200].setdefault("headers", {}).update(tag)
        responses[304] = {"description": "Chưa có gì đổi so với bản bạn có", "headers": tag}
        operation["parameters"].append(
            {"in": "header", "name": "If-None-Match", "required": False, "schema": {"type": "string"}}
        )
    operation["responses"] = {str(status): responses[status] for status in sorted(responses)}


def _refusals(operation: dict[str, Any], address: str, method: str) -> Iterable[int]:
    found = set(ALWAYS)
    if "{" in address or operation.get("parameters"):
        found.add(404)
    if operation.get("security"):
        found |= {401, 403}
    if address.endswith("/login"):
        found.add(401)
    if method != "get":
        found |= set(OF_WRITES)
    return sorted(found)
