"""Which network addresses the site may open a connection to, by itself: those of the public internet and no others.

A feed's address, and whatever it redirects to, comes from outside. It must not make this machine ask its own network,
itself, or the address at which a cloud hands out a machine's passwords. How a connection is made is fetching.py's.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# IANA's registries of special-purpose addresses, beyond what Python's own is_global knows: it lacks some of them before
# 3.12.4 (CVE-2024-4032). https://www.iana.org/assignments/iana-ipv4-special-registry/ and iana-ipv6-special-registry/
_REFUSED = [
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",  # this host
        "100.64.0.0/10",  # carrier-grade NAT, and a cloud's metadata at 100.100.100.200
        "168.63.129.16/32",  # a public address at which Azure serves a machine's own settings
        "169.254.0.0/16",  # link-local, metadata at 169.254.169.254
        "192.0.0.0/24",  # protocol assignments
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.175.48.0/24",  # AS112
        "240.0.0.0/4",  # reserved
        "2001::/23",  # protocol assignments: Teredo, ORCHID …
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
]
# All that is handed out of IPv6 so far. What lies outside is mapped, translated, local or not yet anybody's.
_IPV6_UNICAST = ipaddress.IPv6Network("2000::/3")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a connection may be made to: as ``socket`` takes it."""

    family: socket.AddressFamily
    address: str
    port: int


class NoSuchHost(ValueError):
    """No address is known under the name."""


class RefusedHost(ValueError):
    """The name leads to a network that the site does not ask by itself; says where to."""


def is_public(address: Address) -> bool:
    """Whether the address is one of the public internet that any machine may be found at."""
    if isinstance(address, ipaddress.IPv6Address) and address not in _IPV6_UNICAST:
        return False
    return (
        address.is_global
        and not address.is_multicast
        and not any(address.version == network.version and address in network for network in _REFUSED)
    )


def resolve(host: str, port: int) -> list[Place]:
    """The places that ``host`` stands for, in the order in which to try them.

    Every one must be public, unless FETCH_PRIVATE is on: a name with one public and one private address is as good as a
    private one. How long it takes is the system's resolver's own limit. Raises NoSuchHost and RefusedHost.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError) as error:
        raise NoSuchHost(host) from error
    places = list(dict.fromkeys(Place(family, str(where[0]), port) for family, _, _, _, where in found))
    if not settings.FETCH_PRIVATE:
        # The numbers themselves are looked at, not the name: 2130706433, 0177.1 and localhost are all 127.0.0.1.
        for place in places:
            if not is_public(ipaddress.ip_address(place.address)):
                raise RefusedHost(place.address)
    return places
