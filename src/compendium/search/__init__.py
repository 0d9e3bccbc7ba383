"""Records searched: exports prepared, hits explained, readings and their tables shown."""
