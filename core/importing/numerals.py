"""Numbers as lists write them: "13.", "(f)", "iv)"."""

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LARGEST_ROMAN = 3999
_AROUND = {"OneParen": ("", ")"), "TwoParens": ("(", ")")}


def roman(number: int) -> str:
    """Return 1 to 3999 in small Roman numerals; other numbers as they are."""
    if not 1 <= number <= _LARGEST_ROMAN:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def letters(number: int) -> str:
    """Return 1, 2, … 27 as a, b, … aa, as lists count on; other numbers as they are."""
    if not 1 <= number <= 26 * 26:
        return str(number)
    times, at = divmod(number - 1, 26)
    return chr(ord("a") + at) * (times + 1)


def numbered(number: int, style: str, around: str) -> str:
    """Return a list's number by pandoc's names for its style and for what surrounds it."""
    written = {
        "LowerAlpha": letters(number),
        "UpperAlpha": letters(number).upper(),
        "LowerRoman": roman(number),
        "UpperRoman": roman(number).upper(),
    }.get(style, str(number))
    before, after = _AROUND.get(around, ("", "."))
    return f"{before}{written}{after}"
