"""Where people arrive: the public home, "my Alongside", and the staff home. Gathers cards."""
