"""Step 1 of the review: the queries, and which works they can find."""
