"""Pages: ``entrance`` for everybody, ``staff_entrance`` and ``second_step`` for staff who sign in,
``mine`` for one's own sign-in, ``access`` and ``log`` for administrators and governance.
"""
