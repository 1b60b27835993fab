"""Who has room soonest is found by an index.

Revision ID: 0022
Revises: 0021
"""

from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_mentor_listings_room', 'mentor_listings', ['community_id', 'open_from'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_mentor_listings_room', table_name='mentor_listings')
