"""S8: receivers that are slow, fail, ask for patience, or hang up."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from starlette.responses import Response

from tests.chaos.run import Run, some
from tests.collector import Received

SLOW = 1.0
"""Seconds until the slow receiver answers."""

_ID = re.compile(rb"\r\nwebhook-id: ([^\r]+)")
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


async def bad_receivers(run: Run) -> None:
    """S8: slow, 503 twice, 429 once, cut off after the body once; the worker is killed on the way."""

    async def answer(received: Received) -> Response:
        came = run.receiver.ids(received.path)[received.id]
        match received.path:
            case "/slow":
                await asyncio.sleep(SLOW)
            case "/failing" if came <= 2:
                return Response(status_code=503)
            case "/busy" if came == 1:
                return Response(status_code=429, headers={"retry-after": "1"})
        return Response(status_code=204)

    run.receiver.answer = answer
    base = run.receiver.url.removesuffix("/hook")
    async with hanging_up(run.receiver.url) as cut:
        run.subscribe({**{name: f"{base}/{name}" for name in ("hook", "slow", "failing", "busy")}, "cut": f"{cut}/cut"})
        await run.start()
        await run.feed(run.times(200))
        for _ in range(run.times(4)):
            await asyncio.sleep(some(4, 8))
            await run.kill()
            await run.start()
        run.counts.remarks.append(f"{len(run.hooks)} receivers")
        await run.quiet()
        await run.delivered()


@asynccontextmanager
async def hanging_up(url: str) -> AsyncIterator[str]:
    """The address of a way to the receiver at `url`. The first time that an id comes it gets there, and the answer does
    not come back: the connection ends."""
    target = urlsplit(url)
    seen: set[bytes] = set()

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        body = await reader.readexactly(int(length[1]) if length else 0)
        there, back = await asyncio.open_connection(target.hostname, target.port)
        back.write(head.replace(b"\r\n", b"\r\nconnection: close\r\n", 1) + body)
        answer = await there.read()
        back.close()
        found = _ID.search(head)
        if found is None or found[1] in seen:
            writer.write(answer)
            await writer.drain()
        else:
            seen.add(found[1])
        writer.close()

    server = await asyncio.start_server(carry, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
