"""Where a released edition goes: an archive that describes itself, and versions side by side."""
