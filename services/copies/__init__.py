"""Copies: which articles repeat the words of an earlier one. Copies are tagged, never dropped (design decision 4)."""
