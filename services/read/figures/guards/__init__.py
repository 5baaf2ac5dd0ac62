"""Numbers that are no figures: dates, ages, names, scores, each refused with its reason."""
