"""The shared words: one frozen model per message, one list of topics, one way to make an id.

If two rooms talk, their words are here. Nothing in this package imports from `services`.
"""
