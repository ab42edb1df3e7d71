"""Alongside: the involvement and carers platform for mental-health trusts."""
