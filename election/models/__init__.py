"""The records: typed models, one noun per file."""
