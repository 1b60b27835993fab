"""Called by alembic: runs revisions on the connection that storage/migrating.py hands over.

Developers start a new revision from the difference between the tables and an up-to-date database:
`alembic -x url=sqlite:///dev.sqlite3 revision --autogenerate -m "what it does"`.
"""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, create_engine

from storage.models import metadata
from storage.types import EnumText, Id, Json, UtcDateTime


def render(kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    """Types as plain ones: a revision must not change when the code around it does."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, EnumText):
        return "sa.Text()"
    if item is Id:
        return "sa.BigInteger().with_variant(sa.Integer(), 'sqlite')"
    if item is Json:
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


def compared(_thing: object, name: str | None, _kind: str, *_more: object) -> bool:
    """The full-text index is written by hand: each engine has its own."""
    return name is None or not name.startswith("mentor_words")


def run(connection: Connection) -> None:
    """Run what was asked for on `connection`."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render,
        include_object=compared,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_for_developer(url: str) -> None:
    """Run what was asked for on a database of one's own."""
    with create_engine(url).begin() as connection:
        run(connection)


if (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    run_for_developer(context.get_x_argument(as_dictionary=True)["url"])
