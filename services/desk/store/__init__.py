"""The read store: what the topics said, in a database. It invents nothing and can be rebuilt from offset 0."""
