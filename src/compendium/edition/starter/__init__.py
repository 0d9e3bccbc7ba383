"""Another review: a new compendium made from this one, with examples in the place of its data."""
