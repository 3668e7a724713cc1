"""Words too common to tell letters apart; they count inside quotes and when nothing else was typed."""

_ARTICLES_AND_CONJUNCTIONS = "a an the and or nor so than if"
_PREPOSITIONS = "as at by for from in into of on to with"
_PRONOUNS = "he her here him his i it its me my our she some such that their them then there these they"
_MORE_PRONOUNS = "this those us we what when where which who whom whose why how you your any other"
_VERBS = "am are be been being can could did do does had has have is may might must shall should was were"
_MORE_VERBS = "will would"
_NEGATIONS = "no not"

STOPWORDS = frozenset(
    " ".join(
        (
            _ARTICLES_AND_CONJUNCTIONS,
            _PREPOSITIONS,
            _PRONOUNS,
            _MORE_PRONOUNS,
            _VERBS,
            _MORE_VERBS,
            _NEGATIONS,
        )
    ).split()
)
