"""The reference, the analyst's layer and the commands; importable without Qt."""

__version__ = "0.1.0"
