"""What refers to a capture is found at once, so that captures can be forgotten.

What stands here is never edited: a later change of the schema is a migration of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    some = sa.text("same_as IS NOT NULL")
    op.create_index("ix_captures_same_as", "captures", ["same_as"], sqlite_where=some, postgresql_where=some)
