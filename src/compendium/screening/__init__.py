"""The screening: how a review comes from the records found to the works that it reads."""
