"""Commands: one file per subject; contract in docs/COMMANDS.md."""
