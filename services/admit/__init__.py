"""Admit: the door. What is an article goes on, with its identity, language, date and junk; what is not goes back."""
