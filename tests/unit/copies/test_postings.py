"""Which stories hold a key, against a plain dict."""

from __future__ import annotations

from collections import Counter, defaultdict

from hypothesis import given
from hypothesis import strategies as st

from services.copies.containment import Sketch
from services.copies.packed import Packed
from services.copies.postings import Postings

# Few buckets, and tails and holders made of the same few bytes: what is found across two postings is none.
KEYS = st.builds(
    lambda bucket, tail: bucket << 24 | tail, st.integers(0, 1), st.sampled_from([0, 1, 256, 257, 1 << 16])
)


@given(st.lists(st.tuples(st.booleans(), st.sets(KEYS, min_size=1)), max_size=60))
def test_postings_answer_as_a_plain_dict_would(steps: list[tuple[bool, set[int]]]) -> None:
    postings, plain = Postings(), defaultdict[int, list[int]](list)
    held: dict[int, tuple[int, ...]] = {}
    for number, (adds, chosen) in enumerate(steps):
        keys = tuple(sorted(chosen))
        joined = Packed.of(Sketch(words=9, level=0, keys=keys, numbers=frozenset())).keys
        if adds or not held:
            many = postings.add(postings.met(keys, joined), number, more_than=4)
            held[number] = keys
            for key in keys:
                plain[key].append(number)
            assert {key for key, holders in many if len(holders) > 4} == {key for key in keys if len(plain[key]) > 4}
        else:
            oldest = min(held)
            for key in held.pop(oldest):
                postings.remove(key, oldest)
                plain[key].remove(oldest)
        shared = postings.shared(postings.met(keys, joined), left_out=())
        assert shared == Counter(holder for key in keys for holder in plain[key])
        assert all(list(postings.of(key)) == plain[key] for key in keys)


def test_a_key_of_more_stories_than_its_bucket_takes_loses_none_and_leaves_its_neighbours() -> None:
    postings, formula, beside = Postings(), 7 << 24 | 257, 7 << 24 | 258
    for number in range(12):
        keys = (formula, beside) if number == 5 else (formula,)
        joined = Packed.of(Sketch(words=9, level=0, keys=keys, numbers=frozenset())).keys
        postings.add(postings.met(keys, joined), number, more_than=4)
        assert list(postings.of(formula)) == list(range(number + 1))
    assert list(postings.of(beside)) == [5]
    for number in range(12):
        postings.remove(formula, number)
        assert list(postings.of(formula)) == list(range(number + 1, 12))
    assert list(postings.of(beside)) == [5]


@given(st.sets(st.integers(0, (1 << 40) - 1)), st.sets(st.integers(0, (1 << 32) - 1)))
def test_a_packed_sketch_is_the_sketch(keys: set[int], numbers: set[int]) -> None:
    sketch = Sketch(words=7, level=2, keys=tuple(sorted(keys)), numbers=frozenset(numbers))
    assert Packed.of(sketch).sketch() == sketch
