"""The mathematics: sharing seats, drawing districts, tallying ballot records. Pure."""
