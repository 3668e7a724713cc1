"""What every test runs with."""

from __future__ import annotations

from hypothesis import settings

# How long an example takes depends on the machine, so no test fails by it.
settings.register_profile("imr-search", deadline=None)
settings.load_profile("imr-search")
