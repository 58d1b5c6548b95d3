"""Files of the count: sheets, entries, differences."""
