"""The trust itself, with dates: nothing that was true is overwritten.

Five words: *trust name*, *area*, *council*, *service*, *team*. (And *topic*: what work is about.)
"""
