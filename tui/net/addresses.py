"""Which addresses lie in a private network, where nothing from outside may lead us."""

from __future__ import annotations

import ipaddress
import socket
from functools import lru_cache

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Proxies in fake-IP mode (Clash, mihomo, sing-box) answer every name with an address of this range,
# so a name that leads there is as public as any; nobody has a reason to write such an address down.
_FAKE_IPS = ipaddress.IPv4Network("198.18.0.0/15")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_HOME_NAMES = (".localhost", ".local", ".lan", ".home", ".home.arpa", ".internal")


def is_private_literal(host: str) -> bool:
    """Whether a host is a private address in any spelling a resolver takes (0x7f.1, 2130706433)."""
    address = _parse(host)
    return address is not None and not _is_public(address)


def is_visibly_private(host: str) -> bool:
    """Whether a host's own spelling says that it is private, so that who typed it meant it.

    A name that looks public and leads into a private network does not count: its owner, not our user,
    decided that. RFC 6761, 6762 and 8375 name the endings; a name without a dot is the user's own network's.
    """
    name = host.lower().rstrip(".")
    return is_private_literal(name) or "." not in name or name.endswith(_HOME_NAMES)


def is_private_peer(address: str) -> bool:
    """Whether a connection to this IP address stays in a private network (also when it is no address)."""
    parsed = _parse(address)
    return parsed is None or not (_is_public(parsed) or parsed in _FAKE_IPS)


@lru_cache(maxsize=1024)
def _parse(text: str) -> _Address | None:
    """The address that a resolver would read in `text`; IPv4 inside IPv6 is judged as IPv4."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        try:
            return ipaddress.IPv4Address(socket.inet_aton(text))
        except (OSError, ValueError):
            return None
    return _unwrap(address) if isinstance(address, ipaddress.IPv6Address) else address


def _unwrap(address: ipaddress.IPv6Address) -> _Address:
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _is_public(address: _Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        return address.is_global and address in _GLOBAL_UNICAST
    return address.is_global and not address.is_multicast
