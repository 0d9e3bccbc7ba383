"""What the chapters on the assessment call, a module a chapter."""
