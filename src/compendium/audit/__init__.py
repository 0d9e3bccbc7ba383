"""Step 5 of the review: what the article says beside what can be counted or read."""
