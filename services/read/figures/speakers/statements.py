"""Whether a verb makes a statement: by its subject, by what follows, and not a deed or a noun that looks like it."""

from __future__ import annotations

from services.read.figures.clauses import BREAK, COMMA, FIGURE, JOIN, NAME, NOUN, OTHER, QUOTE, Clauses
from services.read.figures.speakers.run_on import is_nobody
from services.read.figures.speakers.sources import Span, is_document, is_participle, is_source_like, is_time
from services.read.figures.speakers.subject import subject_before
from services.read.text import MARK, NUMBER, Sentence
from services.read.wordlists import word_list, word_table

_COUNTED_WITHIN = 4
"""Tokens from a verb to its number, before or behind: "20 civilian deaths reported by", "recorded at least some 20"."""

_ACCUSED_WITHIN = 14
"""Tokens from an accusation to its deed: "accused the forces of the northern governor Ada Moreno of" has 10."""

_TRAILING = 4
"""Tokens from a verb to the stop behind it: "ruled late Monday." has 4."""

_PUT = frozenset({"toll", "tolls", "number", "figure", "count", "total", "estimate", "cost", "it", "losses", "dead"})
"""What is put at a number, whatever stands between the two."""

GIVING = frozenset({"gave", "give", "gives"})

_PUT_WITHIN = 12
"""Tokens from "put" to its "at": "put the number of dead in the country's north at" has 10."""

_ASSURED = frozenset({"assured", "assures", "advised", "advises"})
"""Verbs with a hearer before "that": "assured a crowd of supporters that"."""

_NOUNS = frozenset("states continues note stress recall boast joke caution point points".split())
"""Forms that are verbs of speech only before "that" or a quotation: nouns, or what a thing does that goes on."""

_ARTICLES = frozenset({"the", "a", "an", "this", "that", "its", "his", "her", "their", "another", "latest", "new"})

_BEFORE_NOUNS = frozenset({"the", "a", "an", "their", "its", "his"})
"""Of the articles those that no verb follows."""

_EYES = frozenset(
    "correspondent correspondents reporter reporters journalist journalists photographer photographers witness "
    "witnesses eyewitness eyewitnesses observer observers monitors residents activists".split()
)
"""Who tells what they saw; what others saw happened to them."""
_PRESUMED = frozenset({"feared", "believed", "thought", "reported"})
_FATES = frozenset(
    "killed dead missing buried trapped drowned lost injured wounded displaced captured kidnapped held affected".split()
)
"""What stands behind such participles: "12 people | feared | dead"."""

_PASSIVE = frozenset({"believed", "thought", "reported", "estimated", "said", "alleged", "known", "feared", "expected"})
"""Participles before "to be", "to have": "four men believed to be soldiers"."""


def fits(clauses: Clauses, subject: Span, kind: str) -> bool:
    """Whether a subject can speak by a verb of this class."""
    asked = subject[1]
    for i in range(subject[0] + 1, subject[1]):  # "a poll of | voters" speaks, its voters do not
        if clauses.tokens[i].lower == "of" and clauses.tokens[i - 1].lower in word_list("polls"):
            asked = i
            break
    if any(_is_asked(clauses, i, asked) for i in range(subject[0], asked)) or _is_own_text(clauses, subject):
        return False
    if kind == "says":
        return not is_nobody(clauses, *subject)
    if kind == "sees":
        return any(clauses.tokens[i].lower in _EYES for i in range(*subject))
    if kind == "counts":  # "the agency recorded 20 deaths", not "Moreno recorded 20 goals"
        return any(_is_body(clauses, i) for i in range(*subject))
    if kind == "poll":
        return is_document(clauses, subject) and any(
            clauses.tokens[i].lower in word_list("polls") for i in range(*subject)
        )
    return is_document(clauses, subject) if kind == "document" else is_source_like(clauses, subject)


def _is_own_text(clauses: Clauses, subject: Span) -> bool:
    """Whether a subject is the text itself, or a version of it: "this article", "an earlier version of the story"."""
    words = [clauses.tokens[i].lower for i in range(*subject)]
    head = words.index("of") if "of" in words else len(words)
    own = words[-2:] in (["this", "story"], ["this", "article"])
    version = head > 0 and words[head - 1] in ("version", "versions", "edition", "headline")
    return own or (version and words[-1] in _TEXTS)


_TEXTS = frozenset("story article report post item dispatch update headline caption graphic newsletter".split())
"""What a publisher calls its own text in a correction."""


def _is_body(clauses: Clauses, i: int) -> bool:
    """Whether a token is a noun of those who count, or a body's short name in capitals: "the agency", "WHO", "they"."""
    token = clauses.tokens[i]
    if token.lower in ("it", "they") or token.lower in word_list("source_nouns"):
        return True
    return clauses.classes[i] in (NAME, NOUN) and len(token.text) > 2 and token.text.isupper()


def _is_asked(clauses: Clauses, i: int, end: int) -> bool:
    """Whether a word makes a subject one that was asked: "36 percent", "a third of"; "a third source" was not."""
    word = clauses.tokens[i].lower
    if word in ("third", "quarter") and i + 1 < end and clauses.classes[i + 1] != "of":
        return False
    return word in word_list("respondents")


def is_noun(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether a form in -s is a plural or one in -ed describes: "promises of a truce", "men believed to be"."""
    tokens = clauses.tokens
    if i + 2 >= sentence.last or tokens[i].lower == "says" or _is_claim_of(clauses, i):
        return _is_claim_of(clauses, i)
    following = tokens[i + 1].lower
    owned = tokens[i - 1].lower.endswith(("'s", "’s")) and not tokens[i].lower.endswith("s")
    owned = owned and tokens[i].lower in word_table("cue_nouns")  # "Moreno's claim that"
    behind_article = i > sentence.first and tokens[i - 1].lower in _ARTICLES
    if owned or (behind_article and (clauses.classes[i] == NOUN or tokens[i - 1].lower in _BEFORE_NOUNS)):
        return True  # "this estimate is", "the report", "THE SUSPECTS"
    if clauses.classes[i] == NOUN and clauses.classes[i + 1] == "be" and clauses.classes[i - 1] != "pronoun":
        return True  # "the army's estimates are"
    passive = following == "to" and tokens[i].lower in _PASSIVE and tokens[i + 2].lower in ("be", "have")
    if passive or (following in _FATES and tokens[i].lower in _PRESUMED):
        return True
    if tokens[i].lower in ("estimated", "projected", "put", "valued"):
        return following in ("at", "in", "between")
    plural = tokens[i].lower.endswith("s")
    named = plural and (following in ("of", "from", "about") or (following == "to" and clauses.classes[i + 2] == "det"))
    return named or (plural and (_is_object(clauses, sentence, i) or _is_owned(clauses, sentence, i)))


def _is_claim_of(clauses: Clauses, i: int) -> bool:
    """Whether a form in -s is what a name owns: "rebut | Moreno's | claims", "| promises | to deport 20"."""
    tokens = clauses.tokens
    owner = i and tokens[i - 1].lower.endswith(("'s", "’s")) and clauses.classes[i - 1] == NAME
    if owner and tokens[i].lower == "note":
        return True  # "Editor's note: 20 people …"
    if not owner or not tokens[i].lower.endswith("s") or tokens[i].lower not in word_table("cue_nouns"):
        return False
    return i + 1 >= len(tokens) or tokens[i + 1].text in ".,;" or tokens[i + 1].lower == "to"


def _is_owned(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether a form in -s ends what is somebody's: "their growth | estimates"; not "his spokesman | reports"."""
    if is_source_like(clauses, (i - 1, i)):
        return False
    for j in range(i - 1, max(sentence.first, i - _OBJECT) - 1, -1):
        if clauses.tokens[j].lower in _OWNERS:
            return j < i - 1
        if clauses.classes[j] not in (NAME, NOUN, OTHER, JOIN):
            break
    return False


_OWNERS = frozenset({"their", "its", "his", "our", "my"})


def _is_object(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether "reports", "claims" are what somebody denies or confirms: "rejected social media | claims | that"."""
    kinds, tokens = word_table("denial_words"), clauses.tokens
    if kinds.get(tokens[i].lower) != "hearsay":
        return False
    before = tokens[i - 1].lower if i > sentence.first else ""
    if before.endswith("ed") and word_table("reporting_verbs").get(before) == "source":
        return True
    for j in range(i - 1, max(sentence.first, i - _OBJECT) - 1, -1):
        if kinds.get(tokens[j].lower) in ("denies", "rejects"):
            return True
        if clauses.classes[j] not in (NAME, NOUN, OTHER, JOIN, "det"):
            break
    return False


_OBJECT = 5
"""Tokens from "claims" back to its verb: "denied the opposition's social media claims" needs 5."""


def is_stated(clauses: Clauses, sentence: Sentence, participle: int) -> bool:
    """Whether what stands before a participle is a statement: "20 were", "data", "20 deaths", not "a blast | claimed".

    Without "was", the participle describes one noun: a document, or one that a number counts.
    """
    classes, tokens = clauses.classes, clauses.tokens
    i = participle - 1
    while i > sentence.first and classes[i] in ("adverb", "aux"):
        i -= 1
    opens = i < sentence.first or classes[i] == "be"
    if opens or tokens[i].lower == "as" or tokens[i].lower in word_list("document_nouns"):
        return True
    for j in range(i, max(sentence.first, i - _COUNTED_WITHIN) - 1, -1):
        if classes[j] == FIGURE or tokens[j].lower in word_table("numbers"):
            return True
        if classes[j] not in (NOUN, OTHER, NAME, "adverb"):
            break
    return False


def puts_at(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether something is put at a number: "put the crowd at 3,000", "put the toll of the quake, at first, at 20"."""
    tokens = clauses.tokens
    if gives(clauses, sentence, i):
        return True
    ahead = {t.lower for t in tokens[i + 1 : min(i + _PUT_WITHIN, sentence.last)]}
    if "at" in ahead and not ahead.isdisjoint(_PUT):
        return True
    for j in range(i + 1, min(i + _PUT_WITHIN, sentence.last - 1)):
        if clauses.classes[j] not in (NAME, NOUN, OTHER, JOIN, "det", "of", "in"):
            return False
        if tokens[j].lower == "at" and j > i + 1:
            return tokens[j + 1].lower not in ("least", "most") and before_count(clauses, sentence, j)
    return False


def gives(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether a number is given: "gave a higher toll of 20"; "gave Moreno 40 percent" is a poll's."""
    if clauses.tokens[i].lower not in GIVING:
        return False
    for j in range(i + 1, min(i + _PUT_WITHIN, sentence.last - 1)):
        if clauses.tokens[j].lower in _PUT and clauses.tokens[j + 1].lower == "of":
            return before_count(clauses, sentence, j + 1)
        if clauses.classes[j] not in (NOUN, OTHER, "det", "adverb"):
            return False
    return False


def accuses_of(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether a deed follows an accusation: "accused the army of killing 20", "blamed it for the deaths"."""
    if i + 1 < sentence.last and clauses.tokens[i + 1].lower in ("of", "for"):
        return False  # "soldiers accused of killing 20"
    for j in range(i + 1, min(i + _ACCUSED_WITHIN, sentence.last - 1)):
        if clauses.tokens[j].lower in ("of", "for") and clauses.tokens[j + 1].lower.endswith("ing"):
            return True
        if clauses.classes[j] in (BREAK, QUOTE) and clauses.tokens[j].kind == MARK:
            return False
    return False


def before_statement(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether "that", a mark or a quotation follows, so that a doubtful verb is one of speech."""
    if i + 1 >= sentence.last:
        return True
    trails = i - 2 > sentence.first and sentence.last - i <= _TRAILING and is_time(clauses, i + 1)
    if trails and clauses.tokens[sentence.last - 1].kind == MARK:  # "…, a judge ruled Monday."
        return True
    following = clauses.tokens[i + 1]
    if clauses.tokens[i].lower in _NOUNS and (following.kind == MARK or following.lower == "out"):
        return _is_noun_stating(clauses, sentence, i)
    stated = following.lower in ("that", "how", "whether", "if") or following.kind == MARK
    if stated or is_clause(clauses, sentence, i + 1):
        return True
    if following.lower.partition("'")[0] in ("he", "she", "they", "there", "it"):
        return i + 2 < sentence.last and ("'" in following.lower or clauses.classes[i + 2] in ("be", "aux", "verb"))
    return clauses.tokens[i].lower in _ASSURED and any(
        t.lower == "that" for t in clauses.tokens[i + 2 : min(i + _ACCUSED_WITHIN, sentence.last)]
    )


def _is_noun_stating(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether a form that is a noun as well speaks before a mark: 'Moreno continues: "…"', no "in those states,".

    "Critics point out that", "it points out another 20" are other such pairs.
    """
    tokens, behind = clauses.tokens, i + 2
    if tokens[i + 1].lower == "out":
        if behind >= sentence.last or clauses.classes[behind] in ("of", "in", "no", COMMA):
            return False
        return clauses.classes[behind] != BREAK or tokens[behind].lower == "that"
    mark = i + 1 if clauses.classes[i + 1] == QUOTE else behind
    if mark >= sentence.last or clauses.classes[mark] != QUOTE or (mark == behind and tokens[i + 1].text not in ",:"):
        return False
    return tokens[mark].start > tokens[mark - 1].end  # '"… a turning point," she said' ends there


def is_clause(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether a subject and its verb stand at a token: "suggested | the mayor was", "hopes | the camp will take"."""
    classes = clauses.classes
    if classes[i] not in (NAME, "det"):
        return False
    for j in range(i + 1, min(i + _SUBJECT, sentence.last)):
        if classes[j] in ("be", "aux") or clauses.tokens[j].lower in _MAY:
            return True
        if is_participle(clauses, j, i):  # "found Democrats | favored Moreno", no "found bodies | buried in a field"
            return classes[i] == NAME and classes[j + 1 : j + 2] in ([NAME], ["det"], ["pronoun"])
        if classes[j] not in (NAME, NOUN, OTHER, JOIN, FIGURE):
            return False
    return False


_MAY = frozenset({"could", "may", "might"})
"""Verbs of a clause besides: "fears | the toll could reach 20"."""

_SUBJECT = 6
"""Tokens of the subject of a clause without its "that"."""


def behind_quote(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether a verb and its subject stand right behind a quotation: '"Twenty?" the mayor asked on Friday'."""
    subject = subject_before(clauses, i, sentence.first)
    if subject is None or not subject[0]:
        return False
    following = clauses.tokens[min(i + 1, sentence.last - 1)]
    if following.kind != MARK and clauses.classes[min(i + 1, sentence.last - 1)] not in ("in", "adverb", BREAK):
        return False
    mark = clauses.tokens[subject[0] - 1]
    return clauses.classes[subject[0] - 1] == QUOTE and mark.end < clauses.tokens[subject[0]].start


def beside_quote(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether a quotation stands beside a verb: '"Twenty?" Moreno | pressed', '| fumed: "Twenty …"'."""
    near = clauses.classes[max(sentence.first, i - 1) : min(i + 3, sentence.last)]
    return QUOTE in near or behind_quote(clauses, sentence, i)


def before_count(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether a number, or "that", follows: "has documented at least 20 cases", not "documented the damage"."""
    for token in clauses.tokens[i + 1 : min(i + 1 + _COUNTED_WITHIN, sentence.last)]:
        word = token.lower
        if token.kind == NUMBER or word in word_table("numbers") or word.removesuffix("s") in word_table("scales"):
            return True
        if token.kind == MARK:
            return False
    return i + 1 < sentence.last and clauses.tokens[i + 1].lower == "that"
