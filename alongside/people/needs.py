"""The list of needs people can tell us about. Words for people, codes for the record.

Source: Accessible Information Standard, DAPB1605 (formerly DCB1605), the four recording
categories, and what else taking part may need. What is needed, never the diagnosis.
"""

from dataclasses import dataclass

from alongside.people.models import AccessNeed

_G = AccessNeed.Group


@dataclass(frozen=True)
class Need:
    """One thing a person can say they need."""

    code: str
    group: str
    words: str
    ask: str = ""  # what to ask for more about, where it is needed
    must_say: str = ""  # the error when more is not said, where the need means nothing without


@dataclass(frozen=True)
class Group:
    """One of the groups, in plain words. ``staff`` is its question when asked on behalf."""

    name: str
    question: str
    staff: str
    hint: str = ""


GROUPS: dict[str, Group] = {
    _G.CONTACT: Group(
        "How we contact you",
        "How should we contact you?",
        "How should we contact them?",
        "Choose all that work. We use the first one we can. You can choose none.",
    ),
    _G.FORMAT: Group(
        "How we send information",
        "What makes information easy for you to read or hear?",
        "What makes information easy for them to read or hear?",
    ),
    _G.PROFESSIONAL: Group(
        "People who help you communicate",
        "Do you need somebody with you to communicate?",
        "Do they need somebody with them to communicate?",
        "We arrange this. Choose all that apply. You can choose none.",
    ),
    _G.SUPPORT: Group(
        "What helps you communicate",
        "What else helps you communicate?",
        "What else helps them communicate?",
    ),
    _G.TAKING_PART: Group(
        "What helps you take part",
        "What would help you take part?",
        "What would help them take part?",
    ),
}


NEEDS: dict[str, Need] = {
    need.code: need
    for need in [
        Need("by_email", _G.CONTACT, "Write to me by email"),
        Need("by_text", _G.CONTACT, "Send me a text"),
        Need("by_post", _G.CONTACT, "Send me a letter"),
        Need("by_phone", _G.CONTACT, "Phone me", "When is a good time to call?"),
        Need("text_relay", _G.CONTACT, "Phone me through Relay UK (text relay)"),
        Need(
            "via_person",
            _G.CONTACT,
            "Contact somebody else for me",
            "Who should we contact, and how?",
            "Enter who we should contact, and how",
        ),
        Need("large_print", _G.FORMAT, "Large print", "What size? For example, 18 point"),
        Need("easy_read", _G.FORMAT, "Easy Read"),
        Need("braille", _G.FORMAT, "Braille", "Which grade?"),
        Need("audio", _G.FORMAT, "Audio"),
        Need("screen_reader", _G.FORMAT, "Something my screen reader can read"),
        Need("bsl_video", _G.FORMAT, "British Sign Language video"),
        Need("coloured_paper", _G.FORMAT, "Coloured paper", "Which colour?", "Enter the colour"),
        Need("bsl", _G.PROFESSIONAL, "British Sign Language interpreter"),
        Need("lipspeaker", _G.PROFESSIONAL, "Lipspeaker"),
        Need("deafblind_manual", _G.PROFESSIONAL, "Deafblind manual interpreter"),
        Need("speech_to_text", _G.PROFESSIONAL, "Speech-to-text reporter (live captions)"),
        Need("note_taker", _G.PROFESSIONAL, "Note-taker"),
        Need("advocate", _G.PROFESSIONAL, "Advocate"),
        Need("lip_reads", _G.SUPPORT, "I lip-read, so I need to see faces"),
        Need("hearing_loop", _G.SUPPORT, "Hearing loop"),
        Need("makaton", _G.SUPPORT, "Makaton"),
        Need("passport", _G.SUPPORT, "I use a communication passport"),
        Need("more_time", _G.SUPPORT, "More time"),
        Need("helper", _G.SUPPORT, "Somebody to help me take part"),
        Need("travel", _G.TAKING_PART, "Help with travel", "What would help?"),
        Need("step_free", _G.TAKING_PART, "Step-free access"),
        Need("breaks", _G.TAKING_PART, "Breaks"),
        Need("quiet_room", _G.TAKING_PART, "A quiet room to step out to"),
        Need(
            "replacement_care",
            _G.TAKING_PART,
            "Somebody to look after the person I support",
            "What would help, and for how long?",
        ),
        Need("diet", _G.TAKING_PART, "Food I can eat", "What should we know?"),
        Need("digital", _G.TAKING_PART, "Help with a computer, tablet or phone"),
        Need(
            "language",
            _G.TAKING_PART,
            "An interpreter for my language",
            "Which language?",
            "Enter the language",
        ),
        Need("other", _G.TAKING_PART, "Something else", "What do you need?", "Enter what you need"),
    ]
}
