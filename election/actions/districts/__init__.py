"""Acts on districts: seats, plans, wishes, maps, why."""
