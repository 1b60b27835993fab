"""guard

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def _table(name: str, *columns: str) -> None:
    op.create_table(name,
    sa.Column('community_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('platform', sa.Text(), nullable=False),
    sa.Column('workspace', sa.Text(), nullable=False),
    *(sa.Column(column, sa.Text(), nullable=False) for column in columns),
    sa.ForeignKeyConstraint(['community_id'], ['communities.id'], name=op.f(f'fk_{name}_community_id')),
    sa.PrimaryKeyConstraint('community_id', 'platform', 'workspace', *(c for c in columns if c != 'watch'), name=op.f(f'pk_{name}'))
    )


def upgrade() -> None:
    _table('guarded_channels', 'channel', 'watch')
    _table('guard_passes', 'role', 'ref')


def downgrade() -> None:
    op.drop_table('guard_passes')
    op.drop_table('guarded_channels')
