"""Names in a text, the fast way: a gazetteer first, then rules on titles, given names and organisation words.

The deep way asks a model about the sentences they left open and adds what it finds there (deep.py, which nothing
imports that does not load the model)."""

from services.read.entities.lookup import countries_of, name_of, tells_its_country
from services.read.entities.mentions import find_mentions, finding_mentions
from services.read.entities.named import Model
from services.read.entities.neighbours import neighbours

__all__ = ["Model", "countries_of", "find_mentions", "finding_mentions", "name_of", "neighbours", "tells_its_country"]
