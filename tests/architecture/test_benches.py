"""What is run by hand still begins: nothing else would tell that a measurement has gone stale."""

import importlib
import pkgutil

import pytest

from tests import bench

MODULES = [found.name for found in pkgutil.iter_modules(bench.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_measurements_can_be_imported(name):
    importlib.import_module(f"tests.bench.{name}")
