"""What Faust loses, and the mended Faust does not. `make test-mends` shows what each mend alone is good for."""

from __future__ import annotations

import pytest

from deploy.kafka.jars import NotInstalled
from tests.chaos.mends import PROVOCATIONS, provoke


@pytest.mark.parametrize("mend", PROVOCATIONS)
async def test_what_faust_loses_is_not_lost(mend: str) -> None:
    provoked, _ = PROVOCATIONS[mend]
    try:
        assert await provoke(provoked) == 0
    except NotInstalled as reason:
        pytest.skip(str(reason))
