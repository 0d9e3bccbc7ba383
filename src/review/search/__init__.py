"""The article's two queries, and which of the works that it selected they reach."""
