"""Made-up articles by number: any count of them, each different, and known beforehand which alerts they make.

A story is one country and one count, of which its government and somebody else say different numbers: one alert. Its
EDITIONS articles are near-copies, as a breaking story brings them. Every article holds both numbers and all of a story
the same, so neither the alerts nor their ids hang on the order in which articles come.
"""

from __future__ import annotations

from collections.abc import Iterator

from schemas.article import ArticlePublished

EDITIONS = 10

COUNTRIES = (
    "Sudan Chad Peru Nepal Kenya Chile Ghana Malta Laos Fiji Angola Bolivia Cambodia Denmark Ecuador Finland Gabon "
    "Haiti Iceland Jamaica Kuwait Latvia Mali Niger Oman Panama Qatar Rwanda Senegal Togo Uganda Vietnam Yemen Zambia "
    "Cuba Benin Bhutan Cyprus Estonia Libya Albania Algeria Argentina Armenia Australia Austria Azerbaijan Bahrain "
    "Bangladesh Barbados Belgium Belize Botswana Brazil Bulgaria Burundi Cameroon Canada Colombia Croatia Egypt "
    "Eritrea Ethiopia Gambia Greece Guatemala Guinea Guyana Honduras Hungary Indonesia Ireland Kazakhstan Kyrgyzstan "
    "Lesotho Liberia Lithuania Luxembourg Madagascar Malawi Malaysia Maldives Mauritania Mauritius Mexico Moldova "
    "Mongolia Montenegro Morocco Mozambique Namibia Nicaragua Nigeria Norway Pakistan Paraguay Poland Portugal Romania "
    "Serbia Seychelles Singapore Slovakia Slovenia Somalia Suriname Sweden Tajikistan Tanzania Thailand Tunisia "
    "Turkmenistan Uruguay Uzbekistan Venezuela Zimbabwe"
).split()

EVENT = (
    "Thousands fled to {country} after the storm. According to the government of {country}, there are {low:,} people "
    "in the camp. According to the United Nations, there are {high:,} people in the camp."
)

MOST = len(COUNTRIES) * EDITIONS
"""Articles until stories come again. They then are further editions: no new alerts."""


def made(number: int) -> ArticlePublished:
    """The article of that number, from 0. Stories follow one another, three at a time."""
    story, edition = number // (3 * EDITIONS) * 3 + number % 3, number // 3 % EDITIONS
    again, story = divmod(story, len(COUNTRIES))
    text = EVENT.format(country=COUNTRIES[story], low=1100 + 10 * story, high=5100 + 10 * story)
    return ArticlePublished(
        id=f"chaos-{number:06}",
        publisher=f"Daily {number % 7}",
        published="2024-05-01",
        text=f"{text}\n\nEdition {edition} of {7 * edition}, printed in round {again}.",
    )


def numbered(start: int, count: int) -> Iterator[ArticlePublished]:
    """The next articles."""
    return map(made, range(start, start + count))
