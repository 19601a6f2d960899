"""Tests of core.importing."""
