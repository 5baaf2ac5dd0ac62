"""The documents in schemas/generated are what the models say, and are valid."""

from __future__ import annotations

import json

import jsonschema
import pytest

from schemas.article import ArticlePublished
from schemas.generate import FOLDER, generated
from schemas.message import encode
from schemas.topics import TOPICS

FILES = generated()


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_file_is_as_its_model_says(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == FILES[name], "run `make generate`"


def test_no_file_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(FILES)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_each_message_has_a_valid_schema(topic: object) -> None:
    schema = json.loads(FILES[f"{topic.name}.schema.json"])  # type: ignore[attr-defined]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False


def test_a_written_article_is_valid_by_its_schema() -> None:
    schema = json.loads(FILES["news.article.published.v1.schema.json"])
    jsonschema.validate(json.loads(encode(ArticlePublished(id="a", text="Words."))), schema)


def test_the_asyncapi_document_names_each_topic_and_resolves_its_references() -> None:
    document = json.loads(FILES["asyncapi.json"])
    assert document["asyncapi"] == "3.0.0"
    assert set(document["channels"]) == {topic.name for topic in TOPICS}
    for reference in _references(document):
        if reference.startswith("./"):
            assert reference[2:] in FILES
        else:
            target = document
            for part in reference.removeprefix("#/").split("/"):
                target = target[part]


def _references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if "$ref" in node else []
        return own + [reference for value in node.values() for reference in _references(value)]
    if isinstance(node, list):
        return [reference for value in node for reference in _references(value)]
    return []
