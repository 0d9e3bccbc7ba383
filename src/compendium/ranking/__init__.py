"""Models ranked against criteria when scores and weights are not known for sure."""
