"""office hours, all of it

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('hours_rules',
    sa.Column('community_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seats_a_week', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['communities.id'], name=op.f('fk_hours_rules_community_id')),
    sa.PrimaryKeyConstraint('community_id', name=op.f('pk_hours_rules'))
    )
    for table in ('series', 'sessions'):
        op.add_column(table, sa.Column('fair', sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column('sessions', sa.Column('without_host', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('seats', sa.Column('until', sa.DateTime(timezone=True), nullable=True))
    op.add_column('seats', sa.Column('late', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('seats', sa.Column('marked', sa.Text(), nullable=True))
    op.add_column('seats', sa.Column('own', sa.Text(), nullable=True))
    op.create_table('session_steps',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('session_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('due', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['members.id'], name=op.f('fk_session_steps_owner_id')),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_session_steps_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_steps')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_session_steps_owner_id'), 'session_steps', ['owner_id'], unique=False)
    op.create_table('thanks',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('session_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_thanks_member_id')),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_thanks_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_thanks')),
    sa.UniqueConstraint('session_id', 'member_id', name=op.f('uq_thanks_session_id_member_id')),
    sqlite_autoincrement=True
    )
    op.create_table('unseen_mutes',
    sa.Column('community_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['communities.id'], name=op.f('fk_unseen_mutes_community_id')),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_unseen_mutes_member_id')),
    sa.PrimaryKeyConstraint('community_id', 'member_id', name=op.f('pk_unseen_mutes'))
    )
    op.create_table('reveals',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('community_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('ref', sa.BigInteger(), nullable=False),
    sa.Column('asked_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('agreed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['agreed_by'], ['members.id'], name=op.f('fk_reveals_agreed_by')),
    sa.ForeignKeyConstraint(['asked_by'], ['members.id'], name=op.f('fk_reveals_asked_by')),
    sa.ForeignKeyConstraint(['community_id'], ['communities.id'], name=op.f('fk_reveals_community_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reveals')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_reveals_source_ref'), 'reveals', ['source', 'ref'], unique=False)
    op.create_table('queues',
    sa.Column('session_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_queues_session_id')),
    sa.PrimaryKeyConstraint('session_id', name=op.f('pk_queues'))
    )
    op.create_table('queue_turns',
    sa.Column('session_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('called', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_queue_turns_member_id')),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_queue_turns_session_id')),
    sa.PrimaryKeyConstraint('session_id', 'member_id', name=op.f('pk_queue_turns'))
    )


def downgrade() -> None:
    for table in ('queue_turns', 'queues', 'reveals', 'unseen_mutes', 'thanks', 'session_steps'):
        op.drop_table(table)
    op.drop_column('seats', 'own')
    op.drop_column('seats', 'marked')
    op.drop_column('seats', 'late')
    op.drop_column('seats', 'until')
    op.drop_column('sessions', 'without_host')
    for table in ('sessions', 'series'):
        op.drop_column(table, 'fair')
    op.drop_table('hours_rules')
