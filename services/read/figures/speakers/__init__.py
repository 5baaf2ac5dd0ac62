"""Who asserts a number: cues, quotations, subjects, and the names that pronouns stand for."""
