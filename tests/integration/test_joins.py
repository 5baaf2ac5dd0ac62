"""Two names made one by the command, and taken apart again without loss, on a running service."""

from __future__ import annotations

from typing import Any

import orjson

from tests.integration.running import Service

ARTICLES = [
    {
        "id": str(number),
        "url": f"https://example.org/{number}",
        "publisher": f"paper-{number % 2}",
        "title": f"Bridge {number}",
        "text": f"In town number {number} the engineers met {names} beside the old bridge. "
        + f"Pier{number} is cracked. " * 9,
    }
    for number, names in enumerate(["Anna Petrova", "Anna Belova", "Anna Petrova and Anna Belova"])
]


async def tables(service: Service) -> dict[str, dict[str, Any]]:
    """The windows of each entity, as `counterclaim entities` has them."""
    code, out, err = await service.command("entities", "--json")
    assert code == 0, err
    return {table["entity"]: table["windows"] for table in map(orjson.loads, out.splitlines())}


async def said(service: Service, *arguments: str) -> str:
    """Standard output and error of `counterclaim entities ARGUMENTS`."""
    _, out, err = await service.command("entities", *arguments, "--by", "an editor", "--why", "one person")
    return out + err


async def test_merged_ids_are_shown_as_one_and_unmerged_as_they_were(service: Service) -> None:
    await service.start()
    await service.publish(ARTICLES)
    await service.quiet()
    await service.tallied()
    before = await tables(service)
    one, other = "x-ana-petrov", "x-ana-belov"
    assert before[one]["24h"]["articles"] == before[other]["24h"]["articles"] == 2, service.logs()

    assert "no such entity" in await said(service, "merge", one, "x-nobody")
    assert await said(service, "merge", one, other) == f"{one} is {other} from now on\n"
    merged = await tables(service)
    assert one not in merged
    assert (merged[other]["24h"]["articles"], merged[other]["24h"]["mentions"]) == (3, 4)

    assert await said(service, "unmerge", one) == f"{one} stands for itself again\n"
    assert await tables(service) == before
    _, log, _ = await service.command("entities", "joins", "--json")
    assert [orjson.loads(line)["op"] for line in log.splitlines()] == ["merge", "unmerge"]
