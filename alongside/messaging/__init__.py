"""Telling a person something in the way they need.

Five words: *message*, *letter*, *channel*, *outbox*, *post batch*.
"""
