"""Intake: the edge where the world's articles become ours, or go back with a clear error."""
