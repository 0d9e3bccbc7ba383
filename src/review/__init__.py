"""This article: its tables, figures, prose and checks."""
