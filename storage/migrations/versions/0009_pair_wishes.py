"""each side's own rhythm; what waits for a note and may have been said

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('pairs') as batch:
        batch.add_column(sa.Column('mentor_weeks', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('trainee_weeks', sa.Integer(), nullable=True))
    with op.batch_alter_table('waiting') as batch:
        batch.add_column(
            sa.Column('doubtful', sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table('waiting') as batch:
        batch.drop_column('doubtful')
    with op.batch_alter_table('pairs') as batch:
        batch.drop_column('trainee_weeks')
        batch.drop_column('mentor_weeks')
