"""What each list may be asked: its query parameters, with what they mean."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, create_model

from schemas.metrics import Metric
from schemas.verdict import VerdictName
from services.desk.queries.paging import MOST, PAGE, Filter
from services.desk.site.asked import LONGEST, filter_of

_LONGEST_CURSOR = 4096
"""Characters; queries/keyset.py reads no more."""

Words = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Time = Annotated[str, Field(min_length=1, max_length=40, examples=["2030-03-04", "2030-03-04T12:00Z"])]
AtLeast = Literal["info", "warning", "critical"]


class Asked(BaseModel):
    """Parameters of one request, checked. Nothing given narrows nothing."""

    model_config = ConfigDict(frozen=True)

    def filter(self, zone: ZoneInfo) -> Filter:
        """The filters among them; times without a zone are of `zone`. Raises BadQuery."""
        given = self.model_dump(mode="json", exclude_none=True)
        return filter_of({name: value for name, value in given.items() if isinstance(value, str)}, zone)


class InPages(Asked):
    """Where a page begins and how long it is."""

    cursor: Annotated[str, Field(min_length=1, max_length=_LONGEST_CURSOR)] | None = Field(
        default=None, description="`next` of the page before."
    )
    limit: int = Field(default=PAGE, ge=1, le=MOST, description="Rows of the page.")


class Nothing(Asked):
    pass


class Which(Asked):
    metric: Metric | None = Field(default=None, description="What is counted.")
    entity: Words | None = Field(default=None, description="Entity id or full name: whose, where, or who says it.")
    speaker: Words | None = Field(default=None, description="Who says it, any case.")
    publisher: Words | None = Field(default=None, description="Whose article, exactly as it names itself.")
    place: Words | None = Field(default=None, description="Entity id or full name of a place.")


class InTime(Asked):
    since: Time | None = Field(default=None, description="Learned then or later; without a zone in the desk's zone.")
    until: Time | None = Field(default=None, description="Learned before then.")


class OfPublisher(InTime):
    publisher: Words | None = Field(default=None, description="Exactly as it names itself.")


class About(InTime, Which):
    pass


class OfClaims(About):
    series: Words | None = Field(default=None, description="Id of the series a claim is compared in.")


class Severe(About):
    severity: AtLeast | None = Field(default=None, description="At least so severe.")


class OfFigures(Severe):
    contested: bool | None = Field(default=None, description="With an open conflict, or without.")


class OfConflicts(Severe):
    state: Literal["open", "resolved"] | None = None


class OfAlerts(Severe):
    verdict: VerdictName | None = None


class Following(Which):
    severity: AtLeast | None = Field(default=None, description="At least so severe.")
    verdict: VerdictName | None = None
    after: Words | None = Field(default=None, description="Id of the last event seen, where no header can be sent.")


class OfVerdicts(OfAlerts):
    notes_only: bool = Field(default=False, description="Only conflicts below an alert, and what is held.")


class OfEntities(InTime):
    q: Words | None = Field(default=None, description="How its name, or one it goes by, begins; any case.")
    by: Literal["mentions", "trend"] = Field(default="mentions", description="The most mentioned, or fastest growing.")


class OfHeld(Asked):
    state: Literal["waiting", "decided"] = "waiting"


class Search(About):
    q: Words = Field(description='Words that must all be there; "words in quotes" in that order.')


def in_pages(asked: type[Asked]) -> type[Asked]:
    """The parameters of `asked`, and those of a page."""
    return create_model(f"{asked.__name__}InPages", __base__=(asked, InPages))
