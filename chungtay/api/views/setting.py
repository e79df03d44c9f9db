"""The API as one thing: its parts in the order of the documentation."""

from typing import Any

from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from chungtay.api import problems
from chungtay.api.views import (
    catalogue,
    changes,
    entering,
    exchange,
    figures,
    funds,
    public_figures,
    published,
    returns,
    work,
    workbooks,
)


class Json(JSONRenderer):
    """JSON that people can read too: Vietnamese letters stand as they are."""

    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


class Api(NinjaAPI):
    """Names its operations as their addresses are named: short, and the same for ever."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name under which programs made from the description call it."""
        return str(operation.url_name).removeprefix("api-").replace("-", "_")


def make_api() -> NinjaAPI:
    """Return the API with all its endpoints."""
    api = Api(
        title="Chung Tay",
        version="1",
        description="Số liệu, báo cáo, quỹ, nhiệm vụ và kiến nghị của các chương trình phối hợp: mỗi con số mở được đến nguồn.",
        openapi_url=None,
        docs_url=None,
        renderer=Json(),
        urls_namespace="api",
    )
    problems.register(api)
    for part in (
        entering,
        catalogue,
        published,
        public_figures,
        figures,
        exchange,
        returns,
        workbooks,
        funds,
        work,
        changes,
    ):
        api.add_router("", part.router)
    return api


api = make_api()


def addresses() -> list[Any]:
    """Return the addresses of every endpoint, without the root page that the library adds."""
    return [entry for entry in api.urls[0] if getattr(entry, "name", "") != "api-root"]
