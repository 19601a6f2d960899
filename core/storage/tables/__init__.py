"""Mapped classes, one file an aggregate; private to storage."""
