"""Files of units, the bricks of districts."""
