"""Readers of foreign files: each turns one file into a canonical text, within limits."""
