"""Charts and documents: frames or dataclasses in, bytes out."""
