"""Where a number belongs and what time it is of."""
