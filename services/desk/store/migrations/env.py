"""How alembic runs here: over the connection it is given, in the transaction that is already begun."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
