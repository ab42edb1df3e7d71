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
        ),
        Need("large_print", _G.FORMAT, "Large print", "What size? For example, 18 point"),
        Need("easy_read", _G.FORMAT, "Easy Read"),
        Need("braille", _G.FORMAT, "Braille", "Which grade?"),
        Need("audio", _G.FORMAT, "Audio"),
        Need("screen_reader", _G.FORMAT, "Something my screen reader can read"),
        Need("bsl_video", _G.FORMAT, "British Sign Language video"),
        Need("coloured_paper", _G.FORMAT, "Coloured paper", "Which colour?"),
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
        Need("language", _G.TAKING_PART, "An interpreter for my language", "Which language?"),
        Need("other", _G.TAKING_PART, "Something else", "What do you need?"),
    ]
}
