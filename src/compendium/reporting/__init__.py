"""What a review tells of its own methods, and what reporting checklists ask it to tell."""
