"""One module a format; each registers itself."""
