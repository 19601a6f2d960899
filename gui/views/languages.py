"""What languages are called in the window."""

from PySide6.QtCore import QLocale


def language_name(code: str) -> str:
    """Return the name of a language by its ISO 639 code; one that is not known keeps its code."""
    language = QLocale.codeToLanguage(code)
    if language is QLocale.Language.AnyLanguage:
        return code
    return QLocale.languageToString(language)
