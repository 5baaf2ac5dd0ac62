"""Where a webhook may connect, and that what was judged is what is connected to."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.deliver.addresses import is_public
from services.deliver.connect import AddressRefused, CheckedConnections
from tests.collector import collector


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "93.184.216.34",
        "2606:4700::1111",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",  # a receiver that has only IPv4, seen from a network that has only IPv6
        "2002:101:101::",
    ],
)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 127.8.8.8 10.0.0.7 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 255.255.255.255 224.0.0.1
    240.0.0.1 192.0.0.8 192.0.0.192 198.18.0.1 ::1 :: fe80::1 fe80::1%2 fc00::1 fd12::1 fec0::1 ff02::1 2001:db8::1
    ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::a00:1 2002:7f00:1:: 2002:a00:1::
    192.0.2.1 2001:0:7f00:1:: localhost 2130706433 1.1.1""".split(),
)
def test_all_others_are_not(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=6) | st.ip_addresses(v=4))
def test_every_address_gets_a_verdict(address: object) -> None:
    assert is_public(str(address)) in (True, False)


async def test_a_name_that_leads_to_loopback_is_refused_before_anything_is_connected() -> None:
    async with collector() as receiver:
        port = int(receiver.url.split(":")[2].split("/")[0])
        network = CheckedConnections(anywhere=False, lookup=lambda host, port: ["10.1.2.3", "127.0.0.1"])
        with pytest.raises(AddressRefused, match=r"rebind\.test is 10\.1\.2\.3, 127\.0\.0\.1, which is not public"):
            await network.connect_tcp("rebind.test", port)
        assert receiver.received == []


async def test_a_name_is_looked_up_once_so_that_its_owner_cannot_answer_twice() -> None:
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    async with collector() as receiver:
        port = int(receiver.url.split(":")[2].split("/")[0])
        network = CheckedConnections(anywhere=True, lookup=lambda host, port: next(answers))
        stream = await network.connect_tcp("rebind.test", port)
        assert stream.get_extra_info("server_addr") == ("127.0.0.1", port)
        await stream.aclose()
    assert next(answers) == ["169.254.169.254"]


async def test_an_address_that_nothing_listens_at_leaves_the_next_one() -> None:
    with socket.create_server(("127.0.0.2", 0)) as unheard:
        port = unheard.getsockname()[1]
    with socket.create_server(("127.0.0.1", port)):
        network = CheckedConnections(anywhere=True, lookup=lambda host, port: ["127.0.0.2", "127.0.0.1"])
        stream = await network.connect_tcp("two.test", port)
        assert stream.get_extra_info("server_addr") == ("127.0.0.1", port)
        await stream.aclose()


async def test_numbers_that_the_system_takes_for_an_address_are_judged_as_that_address() -> None:
    network = CheckedConnections(anywhere=False)
    with pytest.raises(AddressRefused, match=r"127\.0\.0\.1"):
        await network.connect_tcp("2130706433", 80)
