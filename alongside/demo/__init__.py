"""An invented trust to look at and try. Installed only where demo mode is on."""
