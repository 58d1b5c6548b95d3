"""Records of districts: seats, plans, wishes, maps, why."""
