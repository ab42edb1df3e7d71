"""Who may come in and what they may do.

Five words: *user* (a sign-in record), *role*, *permission*, *audit entry*, *look*.
"""
