"""The shell of deliver."""

from __future__ import annotations

from schemas.delivery import DeliveryLogged
from schemas.topics import DELIVERIES
from services.deliver import stage
from services.deliver.channels import open_channels
from services.deliver.courier import SWEEP_EVERY, Courier
from services.deliver.told import tell
from services.platform.settings import load_settings
from services.platform.spec import StageSpec
from services.platform.subscriptions import load_subscriptions


def spec() -> StageSpec[DeliveryLogged]:
    """The delivery log in, and what came of each attempt back onto it. Raises BadSetting: file, secret or address."""
    settings = load_settings()
    courier = Courier(open_channels(load_subscriptions(settings), settings), settings.webhook_retry_scale)
    return StageSpec(
        "deliver",
        source=DELIVERIES,
        step=stage.step,
        emits=(DELIVERIES,),
        sweep=courier.sweep,
        sweep_every=SWEEP_EVERY,
        deliver=tell,
    )
