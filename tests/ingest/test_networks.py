"""Which addresses are the public internet's."""

from __future__ import annotations

import ipaddress

import pytest

from timeline.ingest.networks import NoSuchHost, RefusedHost, is_public, resolve

PUBLIC = ["93.184.215.14", "8.8.8.8", "172.15.0.1", "172.32.0.1", "192.167.1.1", "2606:4700:4700::1111"]

PRIVATE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",  # carrier-grade NAT
    "100.100.100.200",  # metadata
    "127.0.0.1",
    "127.8.9.10",
    "168.63.129.16",  # metadata
    "169.254.169.254",  # metadata
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:93.184.215.14",
    "64:ff9b::7f00:1",  # translated
    "64:ff9b:1::1",
    "100::1",
    "2001::1",  # Teredo
    "2001:db8::1",
    "2002:7f00:1::1",  # 6to4
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",  # metadata
    "fe80::1",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet_may_be_asked(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PRIVATE)
def test_other_networks_may_not(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "017700000001", "0177.0.0.1", "0", "::1", "::"],
)
def test_however_it_is_written_this_machine_is_known(host):
    with pytest.raises(RefusedHost):
        resolve(host, 80)


def test_a_setting_allows_them(settings):
    settings.FETCH_PRIVATE = True
    assert resolve("localhost", 80)


@pytest.mark.parametrize("host", ["nowhere.invalid", "a..b", "x" * 300, ""])
def test_a_name_without_an_address_is_none(host):
    with pytest.raises((NoSuchHost, RefusedHost)):
        resolve(host, 80)
