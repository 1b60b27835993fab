"""own choices

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('link_codes',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('community_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('expires', sa.DateTime(timezone=True), nullable=False),
    sa.Column('other_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['communities.id'], name=op.f('fk_link_codes_community_id')),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_link_codes_member_id')),
    sa.ForeignKeyConstraint(['other_id'], ['members.id'], name=op.f('fk_link_codes_other_id')),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_link_codes')),
    sa.UniqueConstraint('digest', name=op.f('uq_link_codes_digest'))
    )
    op.create_table('conduct',
    sa.Column('community_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['communities.id'], name=op.f('fk_conduct_community_id')),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_conduct_member_id')),
    sa.PrimaryKeyConstraint('community_id', 'member_id', name=op.f('pk_conduct'))
    )
    op.create_table('without',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_without_member_id')),
    sa.PrimaryKeyConstraint('member_id', 'kind', name=op.f('pk_without'))
    )


def downgrade() -> None:
    op.drop_table('without')
    op.drop_table('conduct')
    op.drop_table('link_codes')
