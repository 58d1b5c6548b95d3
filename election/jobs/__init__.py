"""Background jobs: the worker that does them, and the planner in a process of its own."""
