"""What is asked of the Qt bindings before the window's modules are imported."""

import importlib


def forgo_features() -> None:
    """Keep PySide from reading the source of every module that is imported from here on.

    It does so to learn whether the module uses PySide, for the sake of ``__feature__`` (snake_case
    and true properties), which nothing here asks for. The sources stay in `linecache`: 6 MB, and a
    file read for each module at every start. Raises ImportError where Qt's libraries are missing.
    """
    importlib.import_module("PySide6.QtCore")
    feature = importlib.import_module("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):  # private: another release may do without it
        setattr(feature, "_mod_uses_pyside", _uses_no_features)  # noqa: B010


def _uses_no_features(_module: object) -> bool:
    return False
