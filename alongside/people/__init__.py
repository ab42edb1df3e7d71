"""The people we work with, with or without a sign-in, and the record of their taking part.

Five words: *person*, *access need*, *interest*, *contact consent*, *involvement* (the ledger).
"""
