"""Acts on polling places and their accounts."""
