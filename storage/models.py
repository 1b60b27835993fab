"""All tables, in one metadata: what migrations are compared with."""

from __future__ import annotations

from storage import models_cases as _cases
from storage import models_delivery as _delivery
from storage import models_follow_ups as _follow_ups
from storage import models_guard as _guard
from storage import models_linking as _linking
from storage import models_mentors as _mentors
from storage import models_moderation as _moderation
from storage import models_office_hours as _office_hours
from storage import models_pairs as _pairs
from storage import models_people as _people
from storage import models_reports as _reports
from storage import models_showings as _showings
from storage.models_base import metadata

__all__ = ["metadata"]

_ALL = (
    _people,
    _delivery,
    _office_hours,
    _follow_ups,
    _pairs,
    _mentors,
    _moderation,
    _reports,
    _showings,
    _guard,
    _cases,
    _linking,
)
