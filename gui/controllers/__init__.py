"""Slots in, service calls out."""
