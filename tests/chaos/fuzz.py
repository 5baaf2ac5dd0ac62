"""`make fuzz N=1000000`: made-up inputs through decode, admit, copies and read, by two processes.

An input may be refused; it may not make a stage raise, which in a worker is a dead letter `stage_failed` and a fault of
ours, nor hold the worker up for seconds. Each input follows from the run's seed and its number alone: `--again
SEED:NUMBER` makes it once more and says how it ends. Each PART of them has tables of its own, so that memory stays
where it is.
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing
import random
import sys
import time
from collections import Counter
from datetime import UTC, datetime

import structlog

from schemas.article import MAX_LINES, MAX_TEXT
from schemas.outcomes import Arrival, Rejected
from schemas.topics import PARTITIONS, PUBLISHED, ROUTES
from services.cli.demo import seed_articles
from services.platform.clients import Record
from services.platform.envelope import Outgoing
from tests.chaos.alone import Alone

STAGES = ("admit", "copies", "read")
WORKERS = 2
PART = 5_000
"""Inputs that share their tables."""
BYTES, ARTICLES = 0.6, 0.1
"""Shares of the inputs; the rest is JSON with wrong fields. A refusal takes 0.1 ms, reading an article 1 to 10."""
TOLD = 20
"""Failures and slow inputs told one by one of each part; the count is of all."""
LONG = 0.001
"""Share of the inputs that are as long as allowed, in up to 300,000 lines."""
SLOW = 2.0
"""Seconds of CPU an input may take, on a machine that others use: each second it holds up what waits behind it."""

_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)

_WORDS = (
    "about 2,000|some|up to|at least 3|more than half a million|dozens|several hundred|no|zero|-5|1.5 million|12,34|½|"
    "€3.2bn|$1,000|10%|ten per cent|twenty-one|a couple of|2-3|between 3,000 and 4,000|from 19 to 37|1e9|٣٤٥|一百|"
    "people|soldiers|dead|wounded|houses|tons of grain|migrants|bodies|children|of them|tanks|hectares|prisoners|"
    "according to the mayor|the ministry said|it claimed|, officials told|“quoted”|'said'|he added|per Reuters|"
    "in Kyiv|at the border|near Aleppo|in the camp|United Nations|Belarus|Poland|AK-47|Nord Stream 2|Mr. A.|St. John|"
    "on Monday|since 2014|yesterday|May 9|10:30|by Friday|2024-02-30|the 1990s|in the past 24 hours|last week|"
    "were killed|rose to|fell from|has|denied|is feared|will be|were not|another|including|—|…|;|.|. |,|\n\n|\n|"
    "(Reuters)|\u202e|\ufeff|\u0301|🙂|ﬁ|İ|\x1b[31m|((((|}}|http://x.y/?z=1"
)
FRAGMENTS = [*_WORDS.split("|"), "a" * 300, "1" * 40]
"""What sentences of news, and of nobody, are made of."""

LINES = (
    "news",
    "ad",
    "Advertisement",
    "a",
    "1",
    "20",
    "20 people died",
    "• Reuters",
    "Share",
    "© 2021",
    "The rain fell.",
)
"""Short lines: furniture by its words and by its shape, a tag, a figure, the story."""

_SEEDS = [article.model_dump(exclude_none=True) for article in seed_articles()]


def made(seed: int, number: int) -> bytes:
    """The input of that number."""
    chance = random.Random(f"{seed}:{number}")  # noqa: S311  # to be had again, not secret
    kind = chance.random()
    if chance.random() < LONG:
        return json.dumps({"id": f"l{number}", "text": _lines(chance)}, ensure_ascii=False).encode()
    if kind < BYTES:
        return _bytes(chance)
    article = _article(chance)
    body = json.dumps(
        article if kind >= 1 - ARTICLES else _mutated(article, chance), ensure_ascii=chance.random() < 0.5
    )
    return body.encode("utf-8", "surrogatepass")


def _bytes(chance: random.Random) -> bytes:
    """Noise, or an article with some of its bytes changed, dropped or doubled."""
    if chance.random() < 0.3:
        return chance.randbytes(int(chance.expovariate(0.02)))
    body = bytearray(json.dumps(_article(chance)).encode())
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(body))
        match chance.randrange(4):
            case 0:
                body[at] = chance.randrange(256)
            case 1:
                del body[at : at + chance.randint(1, 20)]
            case 2:
                body[at:at] = body[at : at + chance.randint(1, 200)]
            case 3:
                body[at:at] = chance.choice((b'"', b"{", b"[", b"\\", b"\\u0000", b"\\ud800", b"\xff", b"1e999"))
        if not body:
            break
    return bytes(body)


def _lines(chance: random.Random) -> str:
    """Short lines without end: a few kinds by turns, or one alone; blank ones between them, or none."""
    kinds = chance.choices(LINES, k=chance.choice((1, 1, 2, 5)))
    apart = chance.choice(("\n", "\n\n", " \n", "\r\n", "\n" * 50))
    count = chance.choice((MAX_LINES, MAX_LINES, 300_000))
    return ((apart.join(kinds) + apart) * (count // len(kinds)))[:MAX_TEXT]


def _article(chance: random.Random) -> dict[str, object]:
    """Words in no order, or a real text with fragments thrown in."""
    if chance.random() < 0.1:
        words = str(chance.choice(_SEEDS)["text"]).split(" ")
        start = chance.randrange(len(words))
        words = words[start : start + chance.randint(5, 200)]
        for _ in range(chance.randint(0, 10)):
            words.insert(chance.randrange(len(words) + 1), chance.choice(FRAGMENTS))
    else:
        words = chance.choices(FRAGMENTS, k=chance.randint(1, 40))
    return {
        "id": f"f{chance.randrange(1000)}",
        "publisher": chance.choice(("The Test", "Daily 1", "", "Ä" * 50)),
        "published": chance.choice((None, "2024-05-01", "2024-05-01T10:00:00Z", "yesterday", "2026-03-01T11:59")),
        "title": chance.choice((None, "", "Title", chance.choice(FRAGMENTS))),
        "text": chance.choice((" ", " ", "", "\n")).join(words),
    }


def _mutated(article: dict[str, object], chance: random.Random) -> dict[str, object]:
    """A field taken out, added, or of another type."""
    odd: tuple[object, ...] = (
        None,
        0,
        -1,
        1 << 70,
        1.5,
        True,
        [],
        {},
        "",
        "\ud800",
        "x" * 2000,
        [[[[]]]],
        {"a": {"b": []}},
        "\u0000",
    )
    for _ in range(chance.randint(1, 3)):
        name = chance.choice((*article, "version", "url", "language", "extra", "\ud800", ""))
        if chance.random() < 0.3:
            article.pop(name, None)
        else:
            article[name] = chance.choice(odd)
    return article


class Path:
    """The three stages, one after the other."""

    def __init__(self) -> None:
        self._stages = {stage: Alone(stage) for stage in STAGES}

    def feed(self, body: bytes, number: int) -> str:
        """How an input ended: processed, duplicate, a reason of refusal, or `failed …`."""
        waiting = [Record(Arrival(PUBLISHED.name, number % PARTITIONS, number, _AT), b"k", body, ())]
        ended = "processed"
        for name, stage in self._stages.items():
            sent = []
            while waiting:
                plan = stage.take(waiting.pop())
                if plan.refusal is not None:
                    return _refused(name, plan.refusal)
                ended = plan.name
                sent += [out for _, out in plan.sends]
                # What stood on the wrong partition is admit's once more.
                waiting += [_record(out, number) for out in sent if out.topic == ROUTES[name].source.name]
                sent = [out for out in sent if out.topic != ROUTES[name].source.name]
            waiting = [_record(out, number) for out in sent if out.topic == ROUTES[name].targets[0].name]
        return ended


def _record(out: Outgoing, number: int) -> Record:
    return Record(Arrival(out.topic, out.partition or 0, number, out.at), out.key, out.value, out.headers)


def _refused(stage: str, refusal: Rejected) -> str:
    return f"failed in {stage}: {refusal.problem}" if refusal.reason == "stage_failed" else refusal.reason


def work(part: tuple[int, int, int]) -> tuple[Counter[str], list[str]]:
    """The inputs of a seed from one number to another: how they ended, and what is to be told."""
    seed, start, end = part
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))  # all is counted here
    path, ends, told = Path(), Counter[str](), list[str]()
    path.feed(b'{"id": "first", "text": "Some 20 people were killed."}', -1)  # loads names and words: seconds, once
    for number in range(start, end):
        began = time.process_time()
        try:
            ended = path.feed(made(seed, number), number)
        except Exception as error:  # what a worker would end by
            ended = f"failed: {error!r}"
        took = time.process_time() - began
        kind = "failed" if ended.startswith("failed") else "slow" if took > SLOW else ended
        ends[kind] += 1
        if kind in {"failed", "slow"}:
            told.append(f"{seed}:{number} after {took:.1f} s {ended}")
    return ends, told


def judged(ends: Counter[str]) -> int:
    """Exit code: 1 if anything failed or was slow."""
    return 1 if ends["failed"] or ends["slow"] else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.fuzz", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--again", metavar="SEED:NUMBER", help="one input, and how it ends")
    given = parser.parse_args()
    if given.again:
        seed, _, number = given.again.partition(":")
        body = made(int(seed), int(number))
        print(body)
        print(Path().feed(body, int(number)))
        return 0
    print(f"seed {given.seed}, {given.count:,} inputs", flush=True)
    began = time.perf_counter()
    parts = [(given.seed, start, min(start + PART, given.count)) for start in range(0, given.count, PART)]
    ends, told = Counter[str](), 0
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
        for found, lines in pool.imap_unordered(work, parts):
            ends += found
            told += len(lines)
            print("".join(f"  {line}\n" for line in lines[:TOLD]), end="")
            print(f"{ends.total():,} in {time.perf_counter() - began:,.0f} s, {told} slow or failed", flush=True)
    seconds = time.perf_counter() - began
    print(f"{ends.total():,} inputs in {seconds:.0f} s, {ends.total() / seconds:,.0f} a second, {WORKERS} processes")
    print(", ".join(f"{name} {count:,}" for name, count in ends.most_common()))
    return judged(ends)


if __name__ == "__main__":
    sys.exit(main())
