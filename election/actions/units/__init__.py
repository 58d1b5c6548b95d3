"""Acts on units, the bricks of districts."""
