"""who is muted unseen is noted by the question that led to it; a moved series knows the one before

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('series', sa.Column('follows', sa.BigInteger(), nullable=True))
    op.execute('CREATE TABLE unseen_mutes_before AS SELECT * FROM unseen_mutes')
    op.drop_table('unseen_mutes')
    op.create_table('unseen_mutes',
    sa.Column('community_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('ref', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['communities.id'], name=op.f('fk_unseen_mutes_community_id')),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_unseen_mutes_member_id')),
    sa.PrimaryKeyConstraint('community_id', 'source', 'ref', name=op.f('pk_unseen_mutes'))
    )
    op.create_index(op.f('ix_unseen_mutes_community_id_member_id'), 'unseen_mutes', ['community_id', 'member_id'], unique=False)
    # Which question it was is not on record: it ends by itself within a month.
    op.execute("INSERT INTO unseen_mutes (community_id, source, ref, member_id, until)"
               " SELECT community_id, 'session', -member_id, member_id, until FROM unseen_mutes_before")
    op.drop_table('unseen_mutes_before')


def downgrade() -> None:
    op.execute('CREATE TABLE unseen_mutes_after AS SELECT community_id, member_id, MAX(until) AS until'
               ' FROM unseen_mutes GROUP BY community_id, member_id')
    op.drop_table('unseen_mutes')
    op.create_table('unseen_mutes',
    sa.Column('community_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['communities.id'], name=op.f('fk_unseen_mutes_community_id')),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_unseen_mutes_member_id')),
    sa.PrimaryKeyConstraint('community_id', 'member_id', name=op.f('pk_unseen_mutes'))
    )
    op.execute('INSERT INTO unseen_mutes (community_id, member_id, until)'
               ' SELECT community_id, member_id, until FROM unseen_mutes_after')
    op.drop_table('unseen_mutes_after')
    op.drop_column('series', 'follows')
