"""A living review: what a new export adds to it, and what that would change in the text."""
