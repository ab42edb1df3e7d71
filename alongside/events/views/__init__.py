"""Pages of bookings: for the person, and for staff."""
