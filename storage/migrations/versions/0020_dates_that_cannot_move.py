"""follow-ups whose close may never move beyond a date

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('follow_ups', sa.Column('not_after', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('follow_ups', 'not_after')
