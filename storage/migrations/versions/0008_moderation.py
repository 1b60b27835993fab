"""moderation

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
_JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
_OPEN = "state IN ('pending', 'claimed')"
_OPEN_OR_HELD = "state IN ('pending', 'claimed', 'held')"


def upgrade() -> None:
    op.create_table('changes',
    sa.Column('id', _ID, autoincrement=True, nullable=False),
    sa.Column('community_id', _ID, nullable=False),
    sa.Column('by_id', _ID, nullable=True),
    sa.Column('about_id', _ID, nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('platform', sa.Text(), nullable=False),
    sa.Column('workspace', sa.Text(), nullable=False),
    sa.Column('old', sa.Text(), nullable=False),
    sa.Column('new', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('undoes', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['about_id'], ['members.id'], name=op.f('fk_changes_about_id')),
    sa.ForeignKeyConstraint(['by_id'], ['members.id'], name=op.f('fk_changes_by_id')),
    sa.ForeignKeyConstraint(['community_id'], ['communities.id'], name=op.f('fk_changes_community_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_changes')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('changes', schema=None) as batch_op:
        batch_op.create_index('ix_changes_about', ['about_id'], unique=False)
        batch_op.create_index('ix_changes_by', ['by_id'], unique=False)
        batch_op.create_index('ix_changes_community', ['community_id', 'id'], unique=False)
        batch_op.create_index('ix_changes_undoes', ['undoes'], unique=False)

    op.create_table('chosen',
    sa.Column('community_id', _ID, nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['communities.id'], name=op.f('fk_chosen_community_id')),
    sa.PrimaryKeyConstraint('community_id', 'kind', 'name', name=op.f('pk_chosen'))
    )
    op.create_table('join_codes',
    sa.Column('community_id', _ID, nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('by_id', _ID, nullable=False),
    sa.Column('expires', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['members.id'], name=op.f('fk_join_codes_by_id')),
    sa.ForeignKeyConstraint(['community_id'], ['communities.id'], name=op.f('fk_join_codes_community_id')),
    sa.PrimaryKeyConstraint('community_id', name=op.f('pk_join_codes')),
    sa.UniqueConstraint('digest', name=op.f('uq_join_codes_digest'))
    )
    # Not in batches: these columns may be empty, so no engine has to copy the table.
    op.add_column('communities', sa.Column('off', _JSON, nullable=True))
    op.add_column('communities', sa.Column('held_at', sa.DateTime(timezone=True), nullable=True))
    _subject_index(_OPEN_OR_HELD)


def downgrade() -> None:
    op.execute("UPDATE deliveries SET state = 'pending' WHERE state = 'held'")
    _subject_index(_OPEN)
    op.drop_column('communities', 'held_at')
    op.drop_column('communities', 'off')
    op.drop_table('join_codes')
    op.drop_table('chosen')
    op.drop_table('changes')


def _subject_index(where: str) -> None:
    op.drop_index('ix_deliveries_open_subject', table_name='deliveries')
    op.create_index(
        'ix_deliveries_open_subject',
        'deliveries',
        ['subject'],
        unique=False,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
