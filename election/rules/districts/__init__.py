"""Districts: checks of a plan, what may be done with one, and why a district is as it is."""
