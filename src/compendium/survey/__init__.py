"""The expert survey that the article names as its next step: a form to field, and its answers."""
