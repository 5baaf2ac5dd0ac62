"""What a number counts: the noun, what happened to it, its metric, unit and part in the article."""
