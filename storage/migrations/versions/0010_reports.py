"""reports of conduct

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('reports',
    sa.Column('id', ID, autoincrement=True, nullable=False),
    sa.Column('community_id', ID, nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('reporter_id', ID, nullable=True),
    sa.Column('subject_id', ID, nullable=True),
    sa.Column('category', sa.Text(), nullable=False),
    sa.Column('link', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_by_id', ID, nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['communities.id'], name=op.f('fk_reports_community_id')),
    sa.ForeignKeyConstraint(['reporter_id'], ['members.id'], name=op.f('fk_reports_reporter_id')),
    sa.ForeignKeyConstraint(['subject_id'], ['members.id'], name=op.f('fk_reports_subject_id')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['members.id'], name=op.f('fk_reports_closed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reports')),
    sa.UniqueConstraint('community_id', 'code', name=op.f('uq_reports_community_id_code')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_reports_reporter', 'reports', ['reporter_id'])
    op.create_index('ix_reports_subject', 'reports', ['subject_id'])


def downgrade() -> None:
    op.drop_index('ix_reports_subject', table_name='reports')
    op.drop_index('ix_reports_reporter', table_name='reports')
    op.drop_table('reports')
