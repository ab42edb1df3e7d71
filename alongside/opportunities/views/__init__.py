"""One function for each page, by who reads it."""
