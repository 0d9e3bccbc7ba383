"""Bibliographic records: read from any export, normalised, written, freed of duplicates."""
