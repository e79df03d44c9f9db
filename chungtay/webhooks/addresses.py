"""Which addresses may be told: https alone, and never a machine of the house's own network, whatever its name says.

A name is looked up once; the connection goes to the very address that was looked at, so that a name which answers otherwise a moment
later leads nowhere. An operator may open networks (`CHUNGTAY_WEBHOOK_ALLOW`) and, for development, http on the loopback.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from chungtay.kernel.errors import DomainError

LONGEST = 500
Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
# What the registries keep for special uses, and the inner service of a cloud under a public number. Said here and not asked of the
# standard library, whose lists change with its version.
_SPECIAL = tuple(
    ipaddress.ip_network(one)
    for one in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"),
        *("192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
        *("224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
_UNICAST = ipaddress.ip_network("2000::/3")  # of IPv6 nothing else is out there
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class BadAddress(DomainError):
    """An address that is not written as it has to be."""


class ForbiddenAddress(DomainError):
    """An address that leads into the house's own network."""


class UnknownHost(DomainError):
    """A name that nobody knows at the moment."""


@dataclass(frozen=True)
class Target:
    """Where a message goes: the machine that was looked at, and the name whose certificate it has to show."""

    ip: str
    host: str
    port: int
    path: str
    is_tls: bool

    @property
    def named(self) -> str:
        """The name and port as the header Host has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.is_tls else 80) else f"{host}:{self.port}"


def target_of(url: str) -> Target:
    """Return where an address leads now. Raises BadAddress, ForbiddenAddress, UnknownHost."""
    host, port, path, is_tls = _read(url)
    found = looked_up(host, port)
    if not found:
        raise UnknownHost(f"Không tìm thấy máy “{host}”. Hãy kiểm tra tên máy trong địa chỉ.")
    for ip in found:  # all of them: a name with one foot inside is not told either
        if not _is_allowed(ip, is_tls):
            what = f"“{host}” là" if host == str(ip) else f"“{host}” dẫn tới {ip},"
            raise ForbiddenAddress(
                f"{what} một địa chỉ nội bộ. Webhook chỉ gửi ra ngoài; "
                "nếu máy nhận nằm trong mạng của cơ quan, người vận hành mở mạng đó bằng CHUNGTAY_WEBHOOK_ALLOW."
            )
    return Target(str(found[0]), host, port, path, is_tls)


def _read(url: str) -> tuple[str, int, str, bool]:
    """Return (host, port, path with query, whether https) of an address. Raises BadAddress."""
    if len(url) > LONGEST or any(not "!" <= letter <= "~" for letter in url):
        raise BadAddress(f"Địa chỉ dài nhất {LONGEST} ký tự, chỉ gồm ký tự ASCII, không có khoảng trắng.")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise BadAddress("Địa chỉ không đọc được. Ví dụ đúng: https://may-nhan.example.vn/chung-tay") from None
    is_tls = parts.scheme == "https"
    if not is_tls and not (parts.scheme == "http" and settings.WEBHOOK_HTTP):
        raise BadAddress("Địa chỉ phải bắt đầu bằng https://, để không ai đọc hay sửa được trên đường đi.")
    if (
        not host
        or "%" in host
        or "\\" in url
        or parts.username is not None
        or parts.password is not None
        or parts.fragment
    ):
        raise BadAddress("Địa chỉ cần có tên máy, không kèm tên người dùng, mật khẩu hay phần sau dấu #.")
    port = port if port is not None else (443 if is_tls else 80)
    if port < 1024 and port not in (443, 80 if not is_tls else 443):
        raise BadAddress("Cổng phải là 443 hoặc từ 1024 trở lên.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return host.rstrip("."), port, path, is_tls


def looked_up(host: str, port: int) -> list[Ip]:
    """Return every address that a name has, as the machine itself would find it."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found))


def _is_allowed(ip: Ip, is_tls: bool) -> bool:
    if not is_tls:
        return meant(ip).is_loopback
    inner = meant(ip)
    if any(inner in ipaddress.ip_network(network) for network in settings.WEBHOOK_ALLOW):
        return True
    return is_outside(inner)


def is_outside(ip: Ip) -> bool:
    """Whether an address is one machine on the open Internet."""
    return (ip.version == 4 or ip in _UNICAST) and not any(ip in network for network in _SPECIAL)


def meant(ip: Ip) -> Ip:
    """Return the IPv4 address that one of IPv6 leads to (mapped, or through a NAT64), else the address itself."""
    if isinstance(ip, ipaddress.IPv6Address):
        return ip.ipv4_mapped or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else ip)
    return ip
