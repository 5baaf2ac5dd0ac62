"""What pages, API and exports ask of the read store: a module per thing; every function takes a connection."""
