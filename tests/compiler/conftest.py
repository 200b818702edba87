"""What the compiler's tests share: the marker of those that take minutes."""

from heavy_tests import pytest_collection_modifyitems, pytest_configure

__all__ = ["pytest_collection_modifyitems", "pytest_configure"]
