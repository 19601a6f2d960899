"""Rows to domain values and back; no lazy load escapes."""
