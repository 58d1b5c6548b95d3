"""Acts: one change and its audit entry in the caller's transaction."""
