"""Acts on results: rounds, ties, certificates and their correction."""
