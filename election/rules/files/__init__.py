"""What can be wrong with files that people hand in, by kind of file."""
