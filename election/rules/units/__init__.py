"""Units: the bricks of districts."""
