"""The sample town: `sample hepu [--until STAGE]`."""
