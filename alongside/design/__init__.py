"""The NHS look: page frame, macros, forms, question journeys, print. No domain word."""
