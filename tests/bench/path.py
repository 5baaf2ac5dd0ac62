"""The whole path without a broker over 20,000 articles: CPU by stage, flat or not, records and bytes an article.

`python -m tests.bench.path [--articles N] [--words N] [--tier deep] [--profile FILE]`
"""

from __future__ import annotations

import argparse
import cProfile
import os
import re
import resource
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from itertools import islice

from schemas.alert import AlertRaised
from schemas.article import ArticlePublished, ArticleTraced
from schemas.topics import TOPICS
from services.platform.collector import settle
from services.read.entities import find_mentions
from services.read.figures.reader import read_figures
from tests.bench.line import STAGES, Line
from tests.bench.news import articles
from tests.bench.results import met, note, table

AT = datetime(2024, 5, 1, tzinfo=UTC)
A_SECOND = 100
"""Articles that arrive in a second of the news' own time, by which tallies go out, whatever the machine does."""

SAMPLE_EVERY = 20
"""Of every so many articles the two halves of reading are measured once more, each alone."""

BARS = {"fast": 300, "deep": 30}
"""Articles a second and core through the whole path, by tier (issue: Speed)."""

WARM = 100
"""Articles before the clock runs: word lists are loaded and caches filled once in a worker's life, 1 CPU second."""

FLAT = 1.1
"""The last tenth may cost so many times the first."""


class Measured:
    """What the run gave, by tenth of it."""

    def __init__(self, line: Line, wanted: int, tier: str, longest: int | None) -> None:
        self.line = line
        self.wanted = wanted
        self.tier = tier
        self.longest = longest
        self.tenths: list[dict[str, float]] = [{} for _ in range(10)]
        self.halves: defaultdict[str, float] = defaultdict(float)
        self.words = 0
        self.alerts = 0
        self.resident = resident_mib()

    def run(self, profile: cProfile.Profile | None) -> None:
        """All articles; making them is not measured, nor are the first, which warm it up."""
        given = self._articles()
        for number, article in zip(range(-WARM, 0), given, strict=False):
            self.line.feed(article, AT + timedelta(seconds=number / A_SECOND))
        settle()  # as a worker does when it is ready
        self.line.forget()
        before = self.line.spent.copy()
        for number, article in enumerate(given):
            reading = self.line.spent["read"]
            with profile or nullcontext():
                found = self.line.feed(article, AT + timedelta(seconds=number / A_SECOND))
            self.words += len(article.text.split())
            self.alerts += sum(isinstance(message, AlertRaised) for message in found)
            traced = next((message for message in found if isinstance(message, ArticleTraced)), None)
            if traced is not None and number % SAMPLE_EVERY == 0 and profile is None:
                self.halves["both"] += self.line.spent["read"] - reading
                self._halves(traced)
            tenth = number * 10 // self.wanted
            if (number + 1) * 10 // self.wanted != tenth:
                now = self.line.spent.copy()
                self.tenths[tenth] = {stage: now[stage] - before[stage] for stage in (*STAGES, "json")}
                before = now

    def _articles(self) -> Iterator[ArticlePublished]:
        for article in articles(WARM + self.wanted):
            yield (
                article
                if self.longest is None
                else article.model_copy(update={"text": cut(article.text, self.longest)})
            )

    def _halves(self, article: ArticleTraced) -> None:
        junk = [(span.start, span.end) for span in article.junk]
        began = time.thread_time()
        mentions = find_mentions(article.text, junk)
        named = time.thread_time()
        read_figures(article.text, article.published, mentions, junk)
        self.halves["names"] += named - began
        self.halves["figures"] += time.thread_time() - named

    def ms(self, stage: str, tenth: int | None = None) -> float:
        """CPU ms an article of a stage, of the whole run or of a tenth of it."""
        if tenth is None:
            return 1000 * self.line.spent[stage] / self.wanted
        return 1000 * self.tenths[tenth][stage] / (self.wanted / 10)


def cut(text: str, longest: int) -> str:
    """The first `longest` words, and the rest of the sentence they end in."""
    words = list(islice(re.finditer(r"\S+", text), longest))
    if len(words) < longest:
        return text
    end = re.compile(r"[.!?]").search(text, words[-1].start())
    return text if end is None else text[: end.end()]


def resident_mib() -> float:
    """The most memory this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def costs(run: Measured) -> str:
    total = sum(run.ms(stage) for stage in (*STAGES, "json"))
    rows = []
    for stage in (*STAGES, "json"):
        name = "decoding, checks, JSON, headers" if stage == "json" else stage
        rows.append([name, *(f"{value:.3f}" for value in (run.ms(stage), run.ms(stage, 0), run.ms(stage, 9))),
                     f"{100 * run.ms(stage) / total:.0f} %"])  # fmt: skip
        if stage == "read" and run.halves["both"]:
            for half in ("names", "figures"):
                spent = run.ms("read") * run.halves[half] / run.halves["both"]
                rows.append([f"– of it {half}", f"{spent:.3f}", "–", "–", f"{100 * spent / total:.0f} %"])
    ends = [sum(run.ms(stage, tenth) for stage in (*STAGES, "json")) for tenth in (0, 9)]
    rows.append(["**all**", f"{total:.3f}", f"{ends[0]:.3f}", f"{ends[1]:.3f}", "100 %"])
    return table(["CPU ms an article", "whole run", "first tenth", "last tenth", "share"], rows)


def bars(run: Measured) -> str:
    stages = (*STAGES, "json")
    total, work = (sum(run.ms(stage) for stage in some) for some in (stages, STAGES))
    first, last = (sum(run.ms(stage, tenth) for stage in stages) for tenth in (0, 9))
    bar = BARS[run.tier]
    thousand = 1000 * total * run.wanted / run.words
    return table(
        ["what", "measured", "bar", ""],
        [
            ["articles a second and core", f"{1000 / total:.0f}", f">= {bar}", met(held=1000 / total >= bar)],
            ["the stages alone, without JSON", f"{1000 / work:.0f}", "–", ""],
            ["CPU ms for 1000 words", f"{thousand:.2f}", "–", ""],
            ["last tenth over first", f"{last / first:.2f}", f"<= {FLAT}", met(held=last / first <= FLAT)],
        ],
    )


def traffic(run: Measured) -> str:
    order = [topic.name for topic in TOPICS if topic.name in run.line.sent]
    order += [name for name in run.line.sent if name.startswith("table ")]
    rows = [_row(name, run.line.sent[name], run.line.sent_bytes[name], run.wanted) for name in order]
    rows.append(_row("**all**", run.line.sent.total(), run.line.sent_bytes.total(), run.wanted))
    return table(["sent for an article", "records", "JSON bytes"], rows)


def _row(name: str, records: int, size: int, articles: int) -> list[str]:
    return [name, f"{records / articles:.2f}", f"{size / articles:.0f}"]


def memory(run: Measured) -> str:
    held = {
        f"{stage} {name}": rows for stage, tables in run.line.tables.items() for name, rows in tables.items() if rows
    }
    rows = [[name, f"{len(at):,}", f"{sum(map(len, at.values())) / 2**20:.1f}"] for name, at in held.items()]
    rows.append(["**the process**, most ever; before it began", f"{resident_mib():.0f} MiB", f"{run.resident:.0f} MiB"])
    return table(["table", "rows", "MiB of JSON"], rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--words", type=int, help="only so many words of each article")
    parser.add_argument("--tier", choices=list(BARS), default="fast")
    parser.add_argument("--profile", help="where to write a profile (cProfile); then no results are noted")
    given = parser.parse_args()
    os.environ["COUNTERCLAIM_TIER"] = given.tier
    run = Measured(Line(), given.articles, given.tier, given.words)
    profile = cProfile.Profile() if given.profile else None
    run.run(profile)
    if profile is not None:
        profile.dump_stats(given.profile)
        print(costs(run))
        return
    method = (
        f"{run.wanted:,} articles after {WARM} to warm up, no two the same, {run.words / run.wanted:.0f} words each; "
        f"{run.alerts} alerts. Every record is decoded, put to its stage and encoded by the function a worker uses; "
        "no broker, no Faust. One partition. Names and figures: of every twentieth article both were read once more, "
        "alone."
    )
    options = [f"--articles {run.wanted}"]
    title = "The path without a broker"
    if given.tier != "fast":
        options.append(f"--tier {given.tier}")
        title += f", {given.tier} tier"
    if given.words is not None:
        options.append(f"--words {given.words}")
        title += f", news of {given.words} words"
    command = " ".join(["python -m tests.bench.path", *options])
    print(note(title, command, method, [bars(run), costs(run), traffic(run), memory(run)]))


if __name__ == "__main__":
    main()
