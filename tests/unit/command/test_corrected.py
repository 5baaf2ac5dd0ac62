"""A corrected article walks the whole path without a broker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from schemas.alert import AlertRaised
from schemas.article import ArticlePublished
from services.cli.replay import PurePath

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
TEXT = (
    "MINSK, May 1 - People wait at the border between Poland and Belarus for the third week, aid workers said.\n\n"
    "According to Belarus, there are about 2,000 people in the camp. According to Poland, there are {} migrants on the "
    "border."
)


def test_where_both_sides_stand_in_one_text_and_one_is_corrected_the_alert_is_updated() -> None:
    path = PurePath()
    first = ArticlePublished(id="a", publisher="Daily", published="2024-05-01T10:00:00Z", text=TEXT.format("4,000"))
    note = "\n\nCorrection: An earlier version of this article misstated the number of migrants at the border."
    second = first.model_copy(update={"text": TEXT.format("5,000") + note})
    (told,) = [message for message in path.feed(first, NOON) if isinstance(message, AlertRaised)]
    later = [message for message in path.feed(second, NOON + timedelta(hours=1)) if isinstance(message, AlertRaised)]
    (amended,) = [alert for alert in later if alert.fingerprint == told.fingerprint]
    assert (told.message_type, amended.message_type, amended.sequence) == ("alert", "update", 2)
    assert amended.references == (told.id,)
    assert [(c.was, c.now) for c in amended.corrections] == [("4,000 migrants", "5,000 migrants")]
    assert {alert.message_type for alert in later} == {"update"}, "a correction is no news"
