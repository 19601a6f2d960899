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
_LONGEST_LINE = 400  # with the resolution's name before it
_NAMED_BEFORE = re.compile(r".{0,40}\bresolution\b.{0,60}\d{4}\s*(?:\[[^\]]*\]\s*)?(?=The )", re.I)
_BODY_BEFORE = re.compile(r"The (?:Security Council|General Assembly),\s+(?=[A-Z1])")
_BARE_BODY = re.compile(r"The (?:Security Council|General Assembly|Human Rights Council)\s*")


def is_body(words: str) -> bool:
    """Tell whether a line names the body whose resolution follows: "The General Assembly,".

    It may stand in one line with the resolution's name, and a scan may have lost its comma.
    """
    if len(words) <= _LONGEST_LINE and "resolution" in words.lower():
        words = _NAMED_BEFORE.sub("", words)
    if len(words) > _LONGEST_BODY:
        return False
    return _BARE_BODY.fullmatch(words) is not None or (
        words.endswith(",") and _BODY.match(words) is not None
    )


def after_body(words: str) -> str | None:
    """Return what follows the body's name in one passage: "The Security Council, Recalling"."""
    named = _BODY_BEFORE.match(words)
    return words[named.end() :] if named else None


def is_preambular(words: str) -> bool:
    """Tell whether a paragraph says why: "Recalling its resolution", "Deeply concerned"."""
    adverb = _ADVERB.match(words)
    return _PREAMBULAR.match(words, adverb.end() if adverb else 0) is not None


def is_operative(words: str) -> bool:
    """Tell whether a paragraph says what is decided: "Calls upon", "Also requests"."""
    adverb = _ADVERB.match(words)
    return _OPERATIVE.match(words, adverb.end() if adverb else 0) is not None
