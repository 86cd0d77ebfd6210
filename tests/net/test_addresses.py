"""Private addresses are known in every spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.net.addresses import is_private_literal, is_private_peer, is_visibly_private

PRIVATE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:c0a8:101",
    "2002:7f00:1::",
    "64:ff9b::a00:1",
    "2001:db8::1",
]
PUBLIC = [
    "8.8.8.8",
    "223.5.5.5",
    "172.32.0.1",
    "100.128.0.1",
    "2400:3200::1",
    "64:ff9b::808:808",
    "2002:808:808::",
]
SPELLINGS = ["0x7f.1", "127.1", "2130706433", "0x7f000001", "017700000001", "0300.0250.1.1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_private_to_type_and_to_reach(address: str) -> None:
    assert is_private_literal(address)
    assert is_private_peer(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_not(address: str) -> None:
    assert not is_private_literal(address)
    assert not is_private_peer(address)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_odd_spellings_that_resolvers_take_are_understood(spelling: str) -> None:
    assert is_private_literal(spelling)


@pytest.mark.parametrize(
    "name", ["example.com", "localhost", "127.0.0.1.example.com", "货源.cn", "", "a\0b", "\ud800"]
)
def test_a_name_is_no_address_so_it_is_judged_by_where_it_leads(name: str) -> None:
    assert not is_private_literal(name)
    assert is_private_peer(name)


@pytest.mark.parametrize("address", ["198.18.0.1", "198.19.255.255", "::ffff:198.18.0.9"])
def test_a_fake_ip_of_a_proxy_may_be_reached_by_a_name_but_not_typed(address: str) -> None:
    assert not is_private_peer(address)
    assert is_private_literal(address)


@given(st.ip_addresses().map(str))
def test_whatever_may_not_be_reached_may_not_be_typed_either(address: str) -> None:
    assert is_private_literal(address) or not is_private_peer(address)


@given(st.text(st.characters(exclude_characters="0123456789:")))
def test_any_other_text_is_a_name(text: str) -> None:
    assert is_private_peer(text)
    assert not is_private_literal(text)


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("localhost", True),
        ("nas", True),
        ("rsshub.local", True),
        ("feeds.LAN.", True),
        ("192.168.1.7", True),
        ("0x7f.1", True),
        ("36kr.com", False),
        ("local.example.com", False),
        ("93.184.216.34", False),
    ],
)
def test_a_host_that_says_it_is_private(host: str, private: bool) -> None:
    assert is_visibly_private(host) is private
