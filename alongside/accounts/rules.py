"""What may be: pure decisions about sign-in and roles."""

from collections.abc import Collection

ADMINISTRATOR = "administrator"


def why_not_grant(*, to_self: bool, known: bool, active: bool) -> str:
    """Return why a role cannot be given, or nothing."""
    if to_self:
        return "You cannot give a role to yourself. Ask another administrator."
    if not known:
        return "Choose a role from the list."
    if not active:
        return "This account is closed. Open it again before you give it a role."
    return ""


def why_not_take_away(
    *, roles: Collection[str], person: int, administrators: Collection[int]
) -> str:
    """Return why these roles cannot be taken from somebody, or nothing.

    ``administrators`` are the numbers of everybody who is an administrator now.
    """
    if ADMINISTRATOR in roles and set(administrators) == {person}:
        return (
            "This is the last system administrator. "
            "Make somebody else an administrator first, then try again."
        )
    return ""


def why_not_close(*, is_self: bool, is_system: bool) -> str:
    """Return why an account cannot be closed, or nothing."""
    if is_self:
        return "You cannot close your own account. Ask another administrator."
    if is_system:
        return "Alongside itself is not an account that can be closed."
    return ""


# Names of browsers and systems in the order in which their words must be looked for: Edge and
# Opera call themselves Chrome as well, Chrome calls itself Safari, Android calls itself Linux.
_BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("FxiOS", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
_SYSTEMS = [
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "an Android phone or tablet"),
    ("CrOS", "a Chromebook"),
    ("Windows", "a Windows computer"),
    ("Macintosh", "a Mac"),
    ("Linux", "a Linux computer"),
]


def device_words(user_agent: str) -> str:
    """Return what somebody signed in with, as they would say it: "Chrome on an iPhone"."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or (system[:1].upper() + system[1:]) or "A device we do not know"
