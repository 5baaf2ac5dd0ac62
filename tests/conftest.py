"""For every test: no deadline for an example, since a busy machine is no fault of the code."""

from hypothesis import settings

settings.register_profile("any_machine", deadline=None)
settings.load_profile("any_machine")
