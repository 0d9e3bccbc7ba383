"""Step 4 of the review: the context, and what each model would need there."""
