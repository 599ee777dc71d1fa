"""Does the migrated schema equal the models, and does it migrate with data in it?"""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from portal.drafts.models import ActType, PolicyArea
from portal.kernel.db import Instant, db
from portal.web.flask_app import PortalApp


def schema_differences() -> list[object]:
    """What the models have otherwise than the database of this portal."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": lambda *a: False if isinstance(a[4], Instant) else None}
        )
        return list(compare_metadata(context, db.metadata))


def test_the_migrated_schema_equals_the_models(app: PortalApp) -> None:
    assert not schema_differences()


def test_an_empty_portal_knows_types_and_areas(app: PortalApp) -> None:
    types = {act_type.code: act_type for act_type in db.session.scalars(db.select(ActType))}
    assert types["order"].discussion_days == 10
    assert types["law"].discussion_days == 15
    assert types["emergency-bill"].discussion_days == 3
    assert types["trade-restriction"].discussion_days == 5
    assert {act_type.answer_days for act_type in types.values()} == {10}
    assert all(t.name_kk and t.name_ru and t.name_en and t.rule for t in types.values())
    assert len(list(db.session.scalars(db.select(PolicyArea)))) == 25
