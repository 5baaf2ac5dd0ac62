"""The shell of notify."""

from __future__ import annotations

from functools import partial

from schemas.alert import AlertRaised
from schemas.topics import ACTED, DELIVERIES, RAISED
from services.notify import stage
from services.platform.settings import load_settings
from services.platform.spec import StageSpec
from services.platform.subscriptions import load_subscriptions


def spec() -> StageSpec[AlertRaised]:
    """Alerts and what people do at the desk in, deliveries out. Raises BadSetting for a wrong subscriptions file."""
    step = partial(stage.step, subscriptions=load_subscriptions(load_settings()))
    return StageSpec("notify", source=RAISED, also=(ACTED,), step=step, emits=(DELIVERIES,))
