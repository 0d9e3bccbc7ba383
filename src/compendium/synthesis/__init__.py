"""What was read in the works: each described by the same categories."""
