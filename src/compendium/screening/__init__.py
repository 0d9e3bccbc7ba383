"""Step 2 of the review: the criteria, which work meets them, and the flow of records."""
