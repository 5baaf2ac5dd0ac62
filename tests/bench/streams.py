"""What open streams cost: messages a second taken in with no listener and with N. `python -m tests.bench.streams [N]`.

The listeners are a process of their own; the desk has one core for news and streams. Each run takes in the same 1,000
articles of tests/bench/store.py with everything that follows from them, some 7,000 messages and 20 alerts in batches of
BATCH, so every batch wakes every stream at most once a second. Bar: with 500 no slower than 10 %.
"""

from __future__ import annotations

import asyncio
import resource
import socket
import sys
import tempfile
import time
from pathlib import Path

import uvicorn
from rich.console import Console

from services.desk.store.database import Database
from services.desk.store.projection import apply
from tests.bench.store import World
from tests.unit.desk.api.serving import Desk

ARTICLES = 1_000
ROUNDS = 2


async def listen(port: int, count: int) -> None:
    """Open streams, say when all are, and until the input ends count what they hear."""
    heard = [0] * count
    opened = asyncio.Semaphore(0)

    async def one(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /v1/alerts/stream HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n")
        while line := await reader.readline():
            if line.startswith(b"retry:"):
                opened.release()
            heard[number] += line.startswith(b"data:")

    tasks = [asyncio.create_task(one(number)) for number in range(count)]
    for _ in range(count):
        await opened.acquire()
    print("open", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    print(min(heard, default=0), max(heard, default=0), flush=True)
    for task in tasks:
        task.cancel()


async def measure(listeners: int) -> tuple[float, float, str]:
    """Messages a second, the desk's CPU microseconds for each, and the fewest and most alerts that a listener heard."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'desk.db'}")
        await database.migrate()
        desk = Desk(database)
        server = uvicorn.Server(uvicorn.Config(desk.app, log_config=None, access_log=False))
        with socket.create_server(("127.0.0.1", 0), backlog=1024) as own:
            serving = asyncio.create_task(server.serve([own]))
            listening = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.bench.streams", "listen", str(own.getsockname()[1]), str(listeners),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            assert listening.stdout is not None
            await listening.stdout.readline()
            batches = list(World(ARTICLES).batches())
            began, worked = time.perf_counter(), time.process_time()
            for batch in batches:
                async with database.writing() as db:
                    await apply(db, batch)
                desk.changes.tell(frozenset(message.TYPE for _, message in batch))
            spent, worked = time.perf_counter() - began, time.process_time() - worked
            await asyncio.sleep(2)  # the last wake-ups are on their way
            heard, _ = await listening.communicate(b"")
            desk.changes.close()
            server.should_exit = True
            await serving
        await database.close()
    messages = sum(map(len, batches))
    return messages / spent, 1e6 * worked / messages, heard.decode().strip()


async def _main(listeners: int) -> None:
    console = Console()
    for number in range(ROUNDS):
        for count in (0, listeners):
            rate, cpu, heard = await measure(count)
            cost = f"{rate:,.0f} messages/s, {cpu:,.0f} µs CPU each"
            console.print(f"round {number + 1}: {count} streams, {cost}, alerts heard {heard}")


if __name__ == "__main__":
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    if sys.argv[1:2] == ["listen"]:
        asyncio.run(listen(int(sys.argv[2]), int(sys.argv[3])))
    else:
        asyncio.run(_main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
