"""`python -m election <command>`: see `--help` and docs/COMMANDS.md."""

from election.cli.main import main

if __name__ == "__main__":
    main()
