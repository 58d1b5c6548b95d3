"""Background jobs: the worker that does them, and the planner in a process of its own.

worker claims what waits; claim is one job in its hands; task does it, from the question to the end;
heart beats meanwhile; failures says why nothing came of it. planner asks planner_child, which works
in its own process (decisions 0013, 0015).
"""
