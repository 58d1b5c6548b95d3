"""Records of the count: sheets, entries, differences."""
