"""what stands in places, and voice channels

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

_VOICE = ('voice_platform', 'voice_workspace', 'voice_channel')


def upgrade() -> None:
    op.create_table('showings',
    sa.Column('community_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('platform', sa.Text(), nullable=False),
    sa.Column('workspace', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('again_at', UtcDateTime(), nullable=True),
    sa.Column('leave_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['communities.id'], name=op.f('fk_showings_community_id')),
    sa.PrimaryKeyConstraint('community_id', 'platform', 'workspace', 'subject', name=op.f('pk_showings'))
    )
    for table in ('series', 'sessions'):
        with op.batch_alter_table(table) as batch:
            for column in _VOICE:
                batch.add_column(sa.Column(column, sa.Text(), nullable=True))
    with op.batch_alter_table('hours_rules') as batch:
        for column in ('board', 'events'):
            batch.add_column(sa.Column(column, sa.Boolean(create_constraint=False), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('hours_rules') as batch:
        for column in ('board', 'events'):
            batch.drop_column(column)
    for table in ('series', 'sessions'):
        with op.batch_alter_table(table) as batch:
            for column in _VOICE:
                batch.drop_column(column)
    op.drop_table('showings')
