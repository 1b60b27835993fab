"""what was sent to whom is found by member; listings are sorted in at once

Revision ID: 0015
Revises: 0014
"""

from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_deliveries_member', 'deliveries', ['member_id'])
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('ALTER INDEX mentor_words SET (fastupdate = off)')
        op.execute("SELECT gin_clean_pending_list('mentor_words')")


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('ALTER INDEX mentor_words RESET (fastupdate)')
    op.drop_index('ix_deliveries_member', table_name='deliveries')
