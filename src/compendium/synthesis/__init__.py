"""Step 3 of the review: what was extracted from the works, and the models it makes."""
