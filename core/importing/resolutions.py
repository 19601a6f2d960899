"""Resolutions: which body speaks, and which of its paragraphs are preambular or operative."""

import re

_BODY = re.compile(
    r"(?:the|la|l['’]|le|el)?\s*(?:[\w' -]{0,60}\b)?"
    r"(?:assembly|council|conference|commission|committee|congress|parliament|assemblée|conseil|"
    r"asamblea|consejo|conferencia|conférence|states parties|participating states|parties)"
    r"\b[\w' -]{0,60},?\Z",
    re.IGNORECASE,
)
_ADVERB = re.compile(r"(?:\w+ly|also|further|once|again|equally|still|rappelant|además)\b\s*", re.I)
_PREAMBULAR = re.compile(
    r"(?:\w{3,}ing|having|bearing|taking|mindful|aware|conscious|convinced|guided|alarmed|appalled|"
    r"concerned|determined|disturbed|encouraged|inspired|pursuant|cognizant|desirous|resolved|"
    r"committed|dismayed|satisfied|motivated|shocked|\w{2,}ant|consciente|\w{2,}[aei]ndo)\b",
    re.IGNORECASE,
)
_OPERATIVE = re.compile(
    r"(?:accepts|acknowledges|adopts|affirms|agrees|appeals|appreciates|approves|authorizes|calls|"
    r"commends|concurs|condemns|confirms|congratulates|considers|decides|declares|demands|deplores|"
    r"determines|directs|draws|emphasi[sz]es|encourages|endorses|establishes|expresses|hopes|"
    r"instructs|insists|invites|looks|notes|proclaims|reaffirms|recalls|recogni[sz]es|recommends|"
    r"regrets|reiterates|reminds|remains|renews|requests|resolves|stresses|strongly|suggests|"
    r"supports|takes|thanks|transmits|trusts|underlines|underscores|urges|welcomes|warns)\b",
    re.IGNORECASE,
)
_LONGEST_BODY = 120


def is_body(words: str) -> bool:
    """Tell whether a line names the body whose resolution follows: "The General Assembly,"."""
    return len(words) <= _LONGEST_BODY and words.endswith(",") and _BODY.match(words) is not None


def is_preambular(words: str) -> bool:
    """Tell whether a paragraph says why: "Recalling its resolution", "Deeply concerned"."""
    adverb = _ADVERB.match(words)
    return _PREAMBULAR.match(words, adverb.end() if adverb else 0) is not None


def is_operative(words: str) -> bool:
    """Tell whether a paragraph says what is decided: "Calls upon", "Also requests"."""
    adverb = _ADVERB.match(words)
    return _OPERATIVE.match(words, adverb.end() if adverb else 0) is not None
