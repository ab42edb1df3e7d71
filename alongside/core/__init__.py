"""What every room shares and no domain word: Record, Refused, Pointer, Job, dates."""
