"""What Faust loses, and the mended Faust does not. `make test-mends` shows what each mend alone is good for."""

from __future__ import annotations

import pytest

from deploy.kafka.jars import NotInstalled
from tests.chaos.mends import PROVOCATIONS, Shown, provoke, told


@pytest.mark.parametrize("mend", PROVOCATIONS)
async def test_what_faust_loses_is_not_lost(mend: str) -> None:
    provoked, _ = PROVOCATIONS[mend]
    try:
        assert await provoke(provoked) == 0
    except NotInstalled as reason:
        pytest.skip(str(reason))


@pytest.mark.parametrize(("without", "with_it", "code"), [(7, 0, 0), (0, 0, 1), (7, 1, 1)])
def test_make_test_mends_fails_unless_each_mend_is_needed_and_enough(without: int, with_it: int, code: int) -> None:
    good = Shown("1 a mend", "outage", 3, 0)
    assert told([good, Shown("2 another", "outage", without, with_it)]) == code
