"""Files in and out: spreadsheets and result packages."""
