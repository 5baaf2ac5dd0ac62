"""The subscriptions file: read, validated, and every fault in it named with its field and the fix."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

import orjson
import yaml
from pydantic import ValidationError

from schemas.errors import BadSetting
from schemas.message import Word
from schemas.subscription import CONSOLE, Match, SecretSource, Subscription, SubscriptionsFile
from services.platform.settings import PREFIX, Settings

_FIELDS: dict[str, type[Word]] = {"match": Match, "secret": SecretSource}
"""The words inside a subscription, by the field that holds them."""


def load_subscriptions(settings: Settings) -> tuple[Subscription, ...]:
    """The console, and whatever the file of the setting says. Raises BadSetting; a secret is never shown."""
    path = settings.subscriptions_file
    if path is None:
        return (CONSOLE,)
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise BadSetting(
            f"{PREFIX}SUBSCRIPTIONS_FILE: {path}: {error.strerror}; give the path of a YAML file this process can read"
        ) from None
    except UnicodeDecodeError as error:
        raise BadSetting(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    return (CONSOLE, *parse(text, str(path)).subscriptions)


def parse(text: str, name: str) -> SubscriptionsFile:
    """What a file called `name` says. Raises BadSetting with a line for each mistake."""
    try:
        given = yaml.safe_load(text)
        body = orjson.dumps(given)  # JSON mode: strict models take strings for enums and paths, lists for tuples
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark is not None else ""
        raise BadSetting(f"{name}: {where}{getattr(error, 'problem', error)}; correct it (YAML or JSON)") from None
    except TypeError as error:
        raise BadSetting(f"{name}: {error}; use text for names and values") from None
    if not isinstance(given, dict):
        raise BadSetting(f"{name}: must begin with `subscriptions:` and a list; see deploy/subscriptions.example.yaml")
    try:
        return SubscriptionsFile.model_validate_json(body)
    except ValidationError as error:
        raise BadSetting("\n".join(f"{name}: {_explain(each)}" for each in error.errors(include_url=False))) from None


def _explain(complaint: Any) -> str:
    """One line: field, what was given, what is wrong, the fix."""
    path = [str(part) for part in complaint["loc"]]
    field = ".".join(path) or "subscriptions"
    if path and path[-1] == "secret" and complaint["type"] != "value_error":
        return f"{field}: must say where the secret is, not what it is; write {{env: NAME}} or {{file: PATH}}"
    problem = complaint["msg"].removeprefix("Value error, ")
    match complaint["type"]:
        case "missing":
            return f"{field}: is missing; add it"
        case "extra_forbidden":
            known = _known_fields(path)
            near = get_close_matches(path[-1], known, n=1)
            meant = f" (is {near[0]} meant?)" if near else ""
            return f"{field}: no such field{meant}; fields are {', '.join(known)}"
        case "value_error":
            return f"{field}: {problem}"
        case "literal_error" | "enum":
            return f"{field}: {_one_of(complaint['input'], complaint['ctx']['expected'])}"
        case _:
            shown = "" if "secret" in path else f"{complaint['input']!r}: "
            return f"{field}: {shown}{problem}; correct it"


def _one_of(given: Any, expected: str) -> str:
    """What may stand there instead. `expected` is pydantic's list: "'none', 'info' or 'warning'"."""
    known = re.findall(r"'([^']*)'", expected)
    near = get_close_matches(str(given), known, n=1)
    meant = f" (is {near[0]} meant?)" if near else ""
    return f"{given!r} is not known here{meant}; write one of {', '.join(known)}"


def _known_fields(path: list[str]) -> list[str]:
    """The fields there are beside the last one of `path`: subscriptions, NUMBER, field, field."""
    if len(path) == 1:
        return list(SubscriptionsFile.model_fields)
    return list(_FIELDS.get(path[-2], Subscription).model_fields)
