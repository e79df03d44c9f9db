"""Where messages never go: inner networks under any spelling, and names that lead there."""

import ipaddress
from typing import Any

import pytest

from chungtay.webhooks import addresses
from chungtay.webhooks.addresses import BadAddress, ForbiddenAddress, UnknownHost, target_of

INNER = (
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.9.9", "192.168.1.1",
    "169.254.169.254", "169.254.1.1", "100.64.0.1", "100.100.100.200", "192.0.0.8", "192.0.2.7", "198.18.0.1",
    "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:c0a8:101::", "::127.0.0.1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2", "64:ff9b:1::1", "fec0::1",
)  # fmt: skip
OUTER = (
    "8.8.8.8",
    "1.1.1.1",
    "203.162.4.191",
    "2606:4700::1111",
    "2001:4860:4860::8888",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
)
BADLY_WRITTEN = (
    "http://outer.example/", "ftp://outer.example/", "//outer.example/", "outer.example", "https://", "https:///x",
    "https://user@outer.example/", "https://user:word@outer.example/", "https://outer.example/#x", "javascript:alert(1)",
    "https://outer.example:22/", "https://outer.example:25/", "https://outer.example:80/", "https://outer.example:99999/",
    "https://outer.example:x/", "https://outer example/", "https://outer.example/\r\nX: y", "https://máy.example/",
    "https://[::1/", "https://outer.example\\@127.0.0.1/", "https://" + "a" * 500 + ".example/", "file:///etc/passwd",
    "https://[fe80::1%25eth0]/", "",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch, settings: Any) -> dict[str, list[str]]:
    """What names lead to, without asking anybody."""
    settings.WEBHOOK_HTTP = False
    known = {"outer.example": ["8.8.8.8"], "both.example": ["8.8.8.8", "10.0.0.5"], "none.example": []}

    def looked_up(host: str, port: int) -> list[Any]:
        return [ipaddress.ip_address(one) for one in known.get(host, [host])]

    monkeypatch.setattr(addresses, "looked_up", looked_up)
    return known


def _url(ip: str) -> str:
    return f"https://[{ip}]/x" if ":" in ip else f"https://{ip}/x"


@pytest.mark.parametrize("ip", INNER)
def test_the_inside_of_a_network_is_refused(ip: str, _names: dict[str, list[str]]) -> None:
    """By its number, and behind a name."""
    _names["name.example"] = [ip]
    for url in (_url(ip), "https://name.example/"):
        with pytest.raises(ForbiddenAddress):
            target_of(url)


@pytest.mark.parametrize("ip", OUTER)
def test_the_open_internet_is_not(ip: str) -> None:
    """Else the table above would prove nothing."""
    assert target_of(_url(ip)).ip == str(ipaddress.ip_address(ip))


@pytest.mark.parametrize("url", BADLY_WRITTEN)
def test_what_is_no_plain_https_address_is_refused(url: str) -> None:
    """Before any name is looked up."""
    with pytest.raises(BadAddress):
        target_of(url)


def test_one_foot_inside_is_inside_and_nobody_is_nobody() -> None:
    """All addresses of a name are looked at."""
    with pytest.raises(ForbiddenAddress):
        target_of("https://both.example/")
    with pytest.raises(UnknownHost):
        target_of("https://none.example/")
    to = target_of("https://OUTER.example./a/b?c=d")
    assert (to.ip, to.host, to.port, to.path, to.named) == (
        "8.8.8.8",
        "outer.example",
        443,
        "/a/b?c=d",
        "outer.example",
    )
    assert target_of("https://outer.example:8443").named == "outer.example:8443"


@pytest.mark.parametrize("spelt", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "localhost"])
def test_the_loopback_is_known_in_any_spelling(spelt: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked of the machine itself, as the connection would."""
    monkeypatch.undo()
    with pytest.raises((ForbiddenAddress, UnknownHost)):
        target_of(f"https://{spelt}/")


def test_an_operator_opens_networks_and_http_on_the_loopback_alone(settings: Any) -> None:
    """Each by a setting of its own."""
    settings.WEBHOOK_ALLOW = ["10.20.0.0/16", "fd00:1::/32"]
    assert target_of("https://10.20.3.4/").ip == "10.20.3.4"
    assert target_of("https://[fd00:1::5]/").ip == "fd00:1::5"
    for url in ("https://10.21.0.1/", "https://127.0.0.1/", "http://127.0.0.1/"):
        with pytest.raises((ForbiddenAddress, BadAddress)):
            target_of(url)
    settings.WEBHOOK_HTTP = True
    assert target_of("http://127.0.0.1:8000/").named == "127.0.0.1:8000"
    with pytest.raises(ForbiddenAddress):
        target_of("http://8.8.8.8/")
    with pytest.raises(ForbiddenAddress):
        target_of("https://127.0.0.1/")
