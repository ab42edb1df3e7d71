"""A session at a time and place: places, bookings, a waiting list, a register.

Five words: *event*, *booking*, *offer* (of a freed place), *register*, *support*.
"""
