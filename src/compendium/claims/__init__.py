"""Claims of a publication, each tried by its check."""
