"""Pages for staff: the outbox, calls to make, and the post room."""
