"""The command `counterclaim`: the stages as pipes, and the service itself."""
