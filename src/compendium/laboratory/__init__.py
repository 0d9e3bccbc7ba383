"""The laboratory: the engine's own Python in the reader's browser, loaded from the book's site."""
