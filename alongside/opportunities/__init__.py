"""Adverts of ways to take part, from draft to told.

Five words: *opportunity*, *advert*, *closing*, *selection*, *invitation*.
"""
