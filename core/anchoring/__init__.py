"""Selectors from passages, and passages from selectors."""
