"""`python -m services.cli` is `counterclaim`: how one process of the service starts another."""

from services.cli.main import main

main()
