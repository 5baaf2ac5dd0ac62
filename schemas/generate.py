"""Write schemas/generated/ from the models: a JSON Schema per message and one AsyncAPI 3.0 document.

`python -m schemas.generate` writes; `generated()` gives the same as text, and a test compares it with the files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from schemas.message import Message
from schemas.topics import BY_MODEL, REJECTED, ROUTES, TOPICS, Topic

FOLDER = Path(__file__).parent / "generated"

CLOUDEVENTS_HEADERS: dict[str, Any] = {
    "type": "object",
    "description": "CloudEvents 1.0, Kafka binding in binary mode.",
    "properties": {
        "ce_specversion": {"type": "string", "const": "1.0"},
        "ce_id": {"type": "string", "description": "Deterministic: a repeated record has the same id."},
        "ce_type": {"type": "string"},
        "ce_source": {"type": "string", "description": "/counterclaim/STAGE"},
        "ce_time": {"type": "string", "format": "date-time"},
        "content-type": {"type": "string", "const": "application/json"},
    },
    "required": ["ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "content-type"],
}


def generated() -> dict[str, str]:
    """File name -> content of everything in schemas/generated/."""
    files = {f"{model.ce_type()}.schema.json": _json(_schema(model)) for model in BY_MODEL}
    files["asyncapi.json"] = _json(_asyncapi())
    return files


def _json(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def _schema(model: type[Message]) -> dict[str, Any]:
    schema = model.model_json_schema(mode="serialization", ref_template="#/$defs/{model}")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _asyncapi() -> dict[str, Any]:
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Counterclaim",
            "version": "1.0.0",
            "description": "Who says what number, how it changed, who contradicts whom.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {topic.name: _channel(topic) for topic in TOPICS},
        "operations": _operations(),
        "components": {"messages": {model.ce_type(): _message(model, topic) for model, topic in BY_MODEL.items()}},
    }


def _channel(topic: Topic[Any]) -> dict[str, Any]:
    return {
        "address": topic.name,
        "description": (topic.model.__doc__ or "").strip().split("\n")[0],
        "messages": {model.__name__: {"$ref": f"#/components/messages/{model.ce_type()}"} for model in topic.models},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions,
                "topicConfiguration": {
                    "cleanup.policy": topic.config["cleanup.policy"].split(","),
                    **({"retention.ms": int(kept)} if (kept := topic.config.get("retention.ms")) else {}),
                    "max.message.bytes": topic.max_bytes,
                },
                "bindingVersion": "0.5.0",
            }
        },
    }


def _message(model: type[Message], topic: Topic[Any]) -> dict[str, Any]:
    return {
        "name": model.TYPE,
        "contentType": "application/json",
        "headers": CLOUDEVENTS_HEADERS,
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-07",
            "schema": {"$ref": f"./{model.ce_type()}.schema.json"},
        },
        "bindings": {"kafka": {"key": {"type": "string", "description": topic.key_is}, "bindingVersion": "0.5.0"}},
    }


def _operations() -> dict[str, dict[str, Any]]:
    receives = {f"{stage}.receive": _operation("receive", route.source) for stage, route in ROUTES.items()}
    receives |= {
        f"{stage}.receive.{topic.name}": _operation("receive", topic)
        for stage, route in ROUTES.items()
        for topic in route.also
    }
    sends = {
        f"{stage}.send.{target.name}": _operation("send", target)
        for stage, route in ROUTES.items()
        for target in (*route.targets, REJECTED)
    }
    return receives | sends


def _operation(action: str, topic: Topic[Any]) -> dict[str, Any]:
    return {"action": action, "channel": {"$ref": f"#/channels/{topic.name}"}}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, content in generated().items():
        (FOLDER / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
