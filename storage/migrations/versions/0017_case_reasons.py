"""why a second look at a case was asked for, as a kind

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('cases', sa.Column('why', sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column('cases', 'why')
