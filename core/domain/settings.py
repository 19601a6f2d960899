"""What an analyst sets once for a workspace: typed, with a default for each."""

from dataclasses import dataclass

STYLE_LABELS = {"oscola": "OSCOLA", "chicago": "Chicago", "apa": "APA"}
CITATION_STYLES = tuple(STYLE_LABELS)
"""The styles at hand; any other value of `Settings.citation_style` is the path of a CSL file."""

SettingValue = str


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting."""

    citation_style: str = "oscola"


def settings_from(values: dict[str, object]) -> Settings:
    """Return the settings that ``values`` give; unknown names and wrong types are left aside.

    A workspace may come from a newer version, so neither is an error.
    """
    defaults = Settings()
    fitting = {
        name: value
        for name, value in values.items()
        if name in Settings.__dataclass_fields__ and type(value) is type(getattr(defaults, name))
    }
    return Settings(**fitting)  # type: ignore[arg-type]
