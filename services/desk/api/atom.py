"""Alerts as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from schemas.alert import AlertRaised

_ATOM = "http://www.w3.org/2005/Atom"
register_namespace("", _ATOM)

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot say, not even escaped."""

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without alerts was last changed."""


def feed(alerts: Sequence[AlertRaised], desk: str, address: str) -> bytes:
    """The feed of `alerts`, newest first. `desk`: where its pages stand (https://host); `address`: of the feed.

    An update is an entry of its own, beside the one it updates: readers show what they have not seen, by id.
    """
    root = Element(f"{{{_ATOM}}}feed")
    _add(root, "id", address)
    _add(root, "title", "Counterclaim: numbers that disagree")
    _add(root, "updated", max((alert.raised for alert in alerts), default=_BEGINNING).astimezone(UTC).isoformat())
    SubElement(root, f"{{{_ATOM}}}link", {"rel": "self", "type": "application/atom+xml", "href": _xml(address)})
    SubElement(root, f"{{{_ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": f"{desk}/alerts"})
    _add(SubElement(root, f"{{{_ATOM}}}author"), "name", "Counterclaim")
    for alert in alerts:
        _entry(root, alert, desk)
    made: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _entry(root: Element, alert: AlertRaised, desk: str) -> None:
    entry = SubElement(root, f"{{{_ATOM}}}entry")
    _add(entry, "id", f"urn:counterclaim:{quote(alert.id, safe=':')}")
    named = {"alert": "", "update": "Update: ", "cancel": "Withdrawn: "}[alert.message_type]
    _add(entry, "title", f"{named}{alert.label}")
    _add(entry, "updated", alert.raised.astimezone(UTC).isoformat())
    page = f"{desk}/alerts/{quote(alert.fingerprint, safe='')}"
    SubElement(entry, f"{{{_ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": page})
    for term in (alert.severity, alert.verdict, alert.metric.value):
        SubElement(entry, f"{{{_ATOM}}}category", {"term": term})
    _add(entry, "summary", "\n".join((alert.attribution, *alert.because)), type="text")


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, f"{{{_ATOM}}}{name}", attributes).text = _xml(text)


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
