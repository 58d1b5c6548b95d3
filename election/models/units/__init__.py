"""Records of units, the bricks of districts."""
