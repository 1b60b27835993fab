"""For every test: no property is measured against the clock, which a busy machine would fail."""

from hypothesis import settings

settings.register_profile("introducer", deadline=None)
settings.load_profile("introducer")
