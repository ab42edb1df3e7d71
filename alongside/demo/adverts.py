"""The 24 opportunities of the demo. All words are ours and all events but the first are invented."""

from dataclasses import dataclass, field

BRIEFING_BEFORE = (
    "A chat before the session",
    "A member of staff phones you to say what will happen and answer questions.",
)
BRIEFING_AFTER = (
    "A chat after the session",
    "A member of staff phones you to talk over how it went.",
)
VIDEO_HELP = (
    "Help with the video call",
    "We show you how it works, in your own time, before the day.",
)
MEET_AT_DOOR = ("Somebody to meet you at the door", "We meet you and show you where everything is.")


@dataclass(frozen=True)
class Advert:
    """One invented opportunity. Days count from today; minus is past."""

    slug: str
    title: str
    summary: str
    purpose: str
    who: str
    tasks: str
    topics: list[str]
    days: int  # from today to the event
    start: str  # "14:00"
    minutes: int
    closes_before: int  # days from closing to the event
    open_for: int  # days from publishing to closing
    level: str
    mode: str = "online"
    area: str | None = None
    venue: str = ""
    getting_there: str = ""
    platform: str = "Microsoft Teams"
    places: int = 12
    booked: int = 6
    waiting: int = 0
    pays: tuple[bool, bool, bool] = (False, True, True)  # involvement, expenses, remote
    payment: str = ""
    categories: list[str] = field(default_factory=lambda: ["volunteer"])
    support: list[tuple[str, str]] = field(
        default_factory=lambda: [BRIEFING_BEFORE, BRIEFING_AFTER, VIDEO_HELP]
    )
    criteria: str = ""
    cancelled: str = ""
    draft: bool = False
    feedback: str = "We will write to everybody who took part within 6 weeks to say what changed."
    checks: str = ""
    limits: str = ""


UNPAID = (
    "This is unpaid. You can claim what it costs you to join, and a set sum for joining from home."
)
PAID = (
    "You can be paid for your time, and claim what it costs you. You can say no to payment and still "
    "take part. Payment may affect benefits, so get advice before you say yes."
)

MAIDSTONE = (
    "Oak House\n2 Example Lane\nMaidstone\nME99 1ZZ",
    "Step-free entrance at the back. Free parking for 6 cars. The 71 bus stops outside.",
)
CANTERBURY = (
    "The Old Printworks\n10 Example Street\nCanterbury\nCT99 2ZZ",
    "Step-free. A lift to all floors. 10 minutes' walk from Canterbury East station.",
)
MARGATE = (
    "Adult Education Centre\nExample Hill\nMargate\nCT99 3ZZ",
    "Step-free from the side street. Buses stop at the foot of the hill.",
)
GRAVESEND = (
    "Riverside Rooms\n5 Example Quay\nGravesend\nDA99 4ZZ",
    "Level access. 2 blue-badge spaces. 5 minutes from the station.",
)

ADVERTS: list[Advert] = [
    # ---- open -------------------------------------------------------------------------------
    Advert(
        "welcome-pack-for-families",
        "Make a better welcome pack for families",
        "Help us rewrite what families get when somebody they love comes into hospital.",
        "When somebody goes into hospital their family often leaves with a bag of leaflets and no "
        "idea whom to call. We want one short pack that answers the first questions. The new pack "
        "will be used on every ward from spring.",
        "Family members, friends and carers of anybody who has been in one of our hospitals.",
        "Look at the pack we use now. Say what helps and what is missing. Sort the most important "
        "questions with us.",
        ["carers", "wards", "information"],
        19, "10:30", 120, 8, 30, "coproduction",
        mode="in_person", area="West Kent", venue=MAIDSTONE[0], getting_there=MAIDSTONE[1],
        places=14, booked=9, payment=UNPAID, pays=(False, True, False),
        support=[BRIEFING_BEFORE, BRIEFING_AFTER, MEET_AT_DOOR],
        limits="We cannot change how many beds there are. We can change everything in the pack.",
    ),
    Advert(
        "carers-train-staff",
        "Carers who help train our staff",
        "Tell new staff what good support for families looks like, in your own words.",
        "All new staff spend a morning learning how to work with families. It works best when a "
        "carer runs part of it.",
        "Carers and family members who are happy to speak to a group of about 15.",
        "Plan one half hour with our trainer, then give it. You choose what to share.",
        ["carers", "staff"],
        26, "09:30", 180, 9, 35, "coproduction",
        places=6, booked=3, pays=(True, True, True), payment=PAID,
        categories=["volunteer", "contributor", "coproducer"],
        limits="The length of the training is fixed. What is said in your part is yours.",
    ),
    Advert(
        "crisis-line-words",
        "What should our crisis line say first?",
        "Listen to three ways of answering the phone and tell us which one you would trust.",
        "People tell us the first minute of a call decides whether they stay on the line. We want "
        "to change the words we open with.",
        "Anybody who has called for help for themselves or for somebody else.",
        "Join a video call, listen to recordings made by actors, talk about them in a small group.",
        ["crisis", "information"],
        14, "18:00", 90, 6, 21, "consultation",
        places=20, booked=13, payment=UNPAID,
    ),
    Advert(
        "elm-garden",
        "Plan a garden at Elm Ward",
        "Choose the plants, seats and paths for a new garden for older people.",
        "A bare yard outside Elm Ward becomes a garden this spring. The money is there; the plan "
        "is not. What you draw is what we build.",
        "People who have stayed at Elm Ward, their families, and anybody who loves gardens.",
        "Walk round the yard, look at pictures, draw a plan together.",
        ["older-people", "buildings", "wards"],
        12, "14:00", 120, 5, 28, "coproduction",
        mode="in_person", area="East Kent", venue=CANTERBURY[0], getting_there=CANTERBURY[1],
        places=10, booked=10, waiting=5, pays=(False, True, False), payment=UNPAID,
        support=[BRIEFING_BEFORE, MEET_AT_DOOR],
    ),
    Advert(
        "interview-panel-nurses",
        "Sit on an interview panel for community nurses",
        "Ask your own question and have an equal say in who we appoint.",
        "Three community nurses will be appointed in Gravesend and Medway. One place on each "
        "panel belongs to somebody with experience of services or of caring.",
        "People who use, or have used, our services, and carers.",
        "A two-hour practice, then one day of interviews.",
        ["staff", "community"],
        33, "09:00", 420, 14, 25, "collaboration",
        mode="in_person", area="North Kent and Medway", venue=GRAVESEND[0],
        getting_there=GRAVESEND[1], places=3, booked=0, pays=(True, True, False), payment=PAID,
        categories=["volunteer", "contributor"],
        support=[BRIEFING_BEFORE, BRIEFING_AFTER, MEET_AT_DOOR],
        criteria="You know services in North Kent or Medway. You have not been on a panel in the "
        "last 6 months. We choose so that each panel has different experience.",
        checks="You sign a short promise to keep what you hear private.",
    ),
    Advert(
        "young-carers-evening",
        "Young carers: what should we ask you?",
        "An online evening for people aged 16 to 25 who look after somebody.",
        "Too often nobody asks the young person in the house how they are. We are changing the "
        "first form our teams fill in.",
        "Young carers and people who were young carers not long ago.",
        "Talk in small groups, cameras on or off as you like. Say what a good question sounds like.",
        ["young-people", "carers"],
        17, "18:30", 75, 7, 24, "collaboration",
        places=15, booked=6, pays=(True, True, True), payment=PAID,
        categories=["volunteer", "contributor"],
    ),
    Advert(
        "recovery-college-courses",
        "Plan next year's Recovery College courses",
        "Help choose and shape the courses that start in April.",
        "Each course is made by somebody with lived experience and a professional together. We "
        "have room for eight new ones.",
        "Past students, carers, and anybody with an idea for a course.",
        "Bring an idea or help with somebody else's. No teaching experience needed.",
        ["recovery-college"],
        22, "13:00", 150, 10, 31, "coproduction",
        mode="in_person", area="East Kent", venue=MARGATE[0], getting_there=MARGATE[1],
        places=16, booked=8, pays=(True, True, False), payment=PAID,
        categories=["volunteer", "coproducer"],
        support=[BRIEFING_BEFORE, MEET_AT_DOOR],
    ),
    Advert(
        "research-questions",
        "What should we research next?",
        "Vote on, and add to, the questions our research group will take up.",
        "The research group picks three questions a year. This year it starts from what people "
        "bring, not from what is easy to count.",
        "Anybody who uses services, supports somebody, or works with us.",
        "Read two pages before the day. Join in the room or online.",
        ["research"],
        40, "11:00", 120, 12, 40, "collaboration",
        mode="both", area="East Kent", venue=CANTERBURY[0], getting_there=CANTERBURY[1],
        places=30, booked=7, pays=(True, True, True), payment=PAID,
        categories=["volunteer", "contributor", "coproducer"],
    ),
    Advert(
        "memory-clinic-letters",
        "Clearer letters from the memory clinic",
        "Go through three real kinds of letter and make them easy to read.",
        "A letter from the clinic is often read by two people: the one it is about and the one "
        "beside them. It should work for both.",
        "People living with dementia and those close to them.",
        "We read letters together, slowly, with breaks. You can come in twos.",
        ["older-people", "information", "carers"],
        9, "10:00", 90, 3, 13, "collaboration",
        mode="in_person", area="West Kent", venue=MAIDSTONE[0], getting_there=MAIDSTONE[1],
        places=12, booked=8, pays=(False, True, False), payment=UNPAID,
        support=[BRIEFING_BEFORE, MEET_AT_DOOR],
    ),
    Advert(
        "safe-haven-visit",
        "Look round the new evening drop-in before it opens",
        "Walk through, sit down, and tell us what would put you off coming in.",
        "A new place to go in the evening opens in Gravesend in the new year. There is still time "
        "to move furniture, change signs and rethink the front door.",
        "Anybody who might need somewhere to go on a bad evening, or who knows somebody who might.",
        "A visit of an hour, then tea and talk.",
        ["crisis", "buildings", "community"],
        7, "17:00", 105, 2, 20, "consultation",
        mode="in_person", area="North Kent and Medway", venue=GRAVESEND[0],
        getting_there=GRAVESEND[1], places=18, booked=11, pays=(False, True, False),
        payment=UNPAID, support=[MEET_AT_DOOR],
    ),
    # ---- drafts -----------------------------------------------------------------------------
    Advert(
        "meal-tasting",
        "Taste the new hospital menu",
        "Try twelve dishes and say which ones you would eat again.",
        "The kitchen changes its menu in summer.",
        "Anybody who has eaten our hospital food.",
        "Eat, score, talk.",
        ["wards"],
        45, "12:00", 90, 4, 10, "consultation",
        mode="in_person", area="West Kent", venue=MAIDSTONE[0], places=20, booked=0,
        pays=(False, False, False), payment="", support=[], draft=True, feedback="",
    ),
    Advert(
        "website-families",
        "Test our web pages for families",
        "Try five tasks on your own phone and tell us where you got stuck.",
        "We are rewriting our pages for families, friends and carers.",
        "Anybody with a phone or a computer.",
        "One video call of 45 minutes, with one of us watching.",
        ["information", "carers"],
        38, "14:00", 45, 7, 24, "consultation",
        places=8, booked=0, payment=UNPAID, draft=True,
    ),
    # ---- past -------------------------------------------------------------------------------
    Advert(
        "ward-round-families", "Families at ward rounds",
        "How should we invite families to the weekly meeting about care?",
        "Families said they heard about ward rounds afterwards. We asked how to do better.",
        "Carers and family members.", "A talk in small groups.",
        ["carers", "wards"], -24, "14:00", 90, 9, 28, "collaboration",
        places=16, booked=14, payment=UNPAID,
    ),
    Advert(
        "night-staff-induction", "What night staff should know",
        "Write the one page every night worker gets on their first shift.",
        "Nights on a ward are long. People told us small things matter.",
        "People who have stayed on a ward.", "Write together.",
        ["wards", "staff"], -52, "17:30", 90, 7, 25, "coproduction",
        places=10, booked=9, pays=(True, True, True), payment=PAID,
        categories=["volunteer", "contributor"],
    ),
    Advert(
        "signs-at-oak-house", "Find your way at Oak House",
        "Walk in from the street and tell us where the signs fail you.",
        "New signs go up this year.", "Anybody. You need not know the building.",
        "A walk of 40 minutes, then tea.", ["buildings"], -75, "10:00", 100, 6, 22,
        "consultation", mode="in_person", area="West Kent", venue=MAIDSTONE[0], places=12,
        booked=11, pays=(False, True, False), payment=UNPAID,
    ),
    Advert(
        "complaint-letters", "Answers to complaints that sound human",
        "Rewrite four answers to complaints with us.",
        "People said our answers read as if nobody was sorry.",
        "Anybody who has ever complained, or thought about it.", "Edit real letters, names removed.",
        ["information"], -101, "13:00", 120, 8, 26, "collaboration", places=10, booked=10,
        payment=UNPAID,
    ),
    Advert(
        "bank-holiday-drop-in", "Bank holiday drop-in: try it out",
        "A trial of opening on a bank holiday.", "To see who comes and what helps.",
        "Anybody in Medway.", "Come in, have tea, fill in a card.",
        ["crisis"], -64, "11:00", 180, 5, 20, "consultation", mode="in_person",
        area="North Kent and Medway", venue=GRAVESEND[0], places=25, booked=8, payment=UNPAID,
        cancelled="The building had no heating that week. We will try again in spring.",
    ),
    Advert(
        "dementia-walk", "A dementia-friendly walk round the clinic",
        "Show us what makes the clinic hard to use.", "To spend the signs budget well.",
        "People living with dementia and those close to them.", "A slow walk in twos.",
        ["older-people", "buildings"], -133, "10:30", 90, 7, 30, "collaboration",
        mode="in_person", area="East Kent", venue=CANTERBURY[0], places=12, booked=10,
        payment=UNPAID,
    ),
    Advert(
        "peer-support-standards", "What makes peer support good?",
        "Agree the ten things we promise when somebody gets a peer worker.",
        "The number of peer workers is growing. Promises should come first.",
        "People who have had, or been, a peer worker.", "Two sessions in one day, long lunch.",
        ["staff", "community"], -168, "10:00", 300, 10, 35, "coproduction", mode="in_person",
        area="East Kent", venue=MARGATE[0], places=18, booked=16, pays=(True, True, False),
        payment=PAID, categories=["volunteer", "contributor", "coproducer"],
    ),
    Advert(
        "text-reminders", "Appointment reminders by text",
        "Choose the words and the day the reminder comes.", "Fewer missed appointments.",
        "Anybody who gets appointments from us.", "Vote on six wordings.",
        ["community", "information"], -204, "12:00", 60, 5, 21, "consultation", places=40,
        booked=33, pays=(False, False, True), payment=UNPAID,
    ),
    Advert(
        "physical-health-checks", "Health checks people turn up to",
        "Why do people miss their yearly health check, and what would help?",
        "To plan next year's checks.", "Anybody invited to one.", "Talk in small groups.",
        ["community"], -260, "14:30", 90, 9, 28, "consultation", places=20, booked=15,
        payment=UNPAID,
    ),
    Advert(
        "strategy-listening", "What should our next strategy promise?",
        "An evening to hear the plan so far and say what is missing.",
        "The old strategy ran out. The new one should not be written by staff alone.",
        "Everybody.", "Hear for 20 minutes, talk for an hour.",
        ["community", "carers", "wards"], -320, "18:00", 90, 6, 33, "informing", mode="both",
        area="West Kent", venue=MAIDSTONE[0], places=60, booked=48, pays=(False, True, True),
        payment=UNPAID,
    ),
    Advert(
        "eating-disorders-families", "Families and all-age eating disorder services",
        "Say what must not get lost when services move to a new home.",
        "Services for all ages were due to join us. Families asked to be heard early.",
        "Parents, partners, brothers and sisters.", "A video call in two parts.",
        ["young-people", "carers"], -395, "19:00", 90, 7, 26, "consultation", places=25,
        booked=19, payment=UNPAID,
    ),
]
assert len(ADVERTS) == 23, len(ADVERTS)  # noqa: S101  (the charter workshop is the 24th)

CHARTER = {
    "slug": "refresh-our-carers-charter",
    "title": "Help us refresh our carers charter",
    "summary": "A workshop with family, friends and carers to write a new charter together.",
    "purpose": "Our charter says how we work with family, friends and carers and what help they can "
    "expect. In this workshop we start to write a new one together, so that care is planned in "
    "partnership. What we agree becomes the first draft.",
    "background": "Carers wrote the first charter with us and with South West Kent Rethink. It was "
    "last looked at in 2015, and a great deal has changed. Since then we have earned two Triangle of "
    "Care stars: the first when all our inpatient and crisis teams had looked at themselves and "
    "promised to do better, the second when our community services had done the same, and for "
    "other work with carers across the trust.",
    "who": "Family members, friends and carers of people who use any of our services. You can be of "
    "any age.",
    "tasks": "Join one video call. Say what a new charter should promise, on our side and on yours.",
    "support": "If you would like to talk it over with us before or after the workshop, you can. If "
    "the video system is new to you, we will train or help you: just ask.",
    "payment": "The workshop itself is unpaid. You can claim for taking part from home.",
    "feedback": "Everybody who comes hears what went into the draft and what did not, and why.",
    "ask_by_email": "kmpt.engagement@nhs.net",
}
