"""Scopus queries: read, checked, formatted, explained, mended, matched and translated."""
