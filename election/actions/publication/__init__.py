"""Acts on publication: the frozen package and its pages."""
