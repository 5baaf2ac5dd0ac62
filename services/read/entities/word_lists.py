"""The word lists of the data folder, read once. All entries are lower case; each file says what it is for."""

from __future__ import annotations

from services.read.entities.data_files import table, words

FUNCTION_WORDS = words("function_words")
NO_NAME = words("no_name")
TITLES = words("titles")
GIVEN_NAMES = words("first_names") | words("more_first_names")
PERSON_CUES = words("person_cues")
ORG_HEADS = words("org_heads")
NO_ORGANISATION = words("no_organisation")
NO_NAME_AT_THE_END = words("no_name_at_the_end")
SHOUTED_WORDS = words("shouted_words")
PLACE_HEADS = table("place_heads")
