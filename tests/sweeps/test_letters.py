"""Every letter can be read, drawn and sent in every way somebody may need."""
