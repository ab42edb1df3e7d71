"""What people and staff are asked about bookings."""
