"""An executable, trilingual systematic review."""
