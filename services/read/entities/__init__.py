"""Names in a text, the fast way: a gazetteer first, then rules on titles, given names and organisation words."""

from services.read.entities.lookup import countries_of, name_of
from services.read.entities.mentions import find_mentions

__all__ = ["countries_of", "find_mentions", "name_of"]
