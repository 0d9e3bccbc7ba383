"""Checks that the developers run; no part of what is installed."""
