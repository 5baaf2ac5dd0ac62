"""Settings for the commands that need a broker somebody else runs."""

from __future__ import annotations

from schemas.errors import BadSetting
from services.platform.settings import PREFIX, Settings, load_settings


def broker_settings() -> Settings:
    """The settings. Raises BadSetting when they name no broker."""
    settings = load_settings()
    if not settings.servers:
        raise BadSetting(
            f"{PREFIX}BOOTSTRAP_SERVERS: is not set; set it to your Kafka (host:port), "
            "or see it work with a broker of its own: `counterclaim demo`"
        )
    return settings
