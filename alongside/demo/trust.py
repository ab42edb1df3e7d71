"""The demo trust: areas and councils as the source documents have them, teams invented."""

import datetime as dt
from typing import Any

OLD_NAME = ("Kent and Medway NHS and Social Care Partnership Trust", "KMPT")
NEW_NAME = ("Kent and Medway Mental Health NHS Trust", "Kent and Medway Mental Health")
RENAMED_ON = dt.date(2025, 10, 13)

CONTACT = {
    "contact_email": "involvement@trust.example",
    "contact_phone": "01632 960123",
    "contact_hours": "Monday to Friday, 9am to 5pm",
    "postal_address": "Involvement Team\nFreepost\n1 Example Road\nMaidstone\nME99 9ZZ",
    "website": "https://trust.example/",
}

COUNCILS = ["Kent County Council", "Medway Council"]

# Name, slug, places, councils.
AREAS: list[tuple[str, str, str, list[str]]] = [
    (
        "East Kent",
        "east-kent",
        "Ashford, Broadstairs, Canterbury, Deal, Dover, Faversham, Folkestone, Herne Bay, Hythe, "
        "Margate, New Romney, Ramsgate, Sandwich, Whitstable",
        ["Kent County Council"],
    ),
    (
        "West Kent",
        "west-kent",
        "Maidstone, Sevenoaks, Tonbridge, Tunbridge Wells, West Malling",
        ["Kent County Council"],
    ),
    (
        "North Kent and Medway",
        "north-kent-and-medway",
        "Chatham, Dartford, Gillingham, Gravesend, Rochester, Sheerness, Sittingbourne, Swanley",
        ["Kent County Council", "Medway Council"],
    ),
]

SERVICES = [
    "Acute wards",
    "Crisis and home treatment",
    "Community mental health",
    "Older adults",
    "Memory assessment",
    "Early intervention in psychosis",
    "Mother and infant",
    "Rehabilitation",
    "Forensic",
    "Recovery College",
]

# Name, kind, service, area (or None), place.
TEAMS: list[tuple[str, str, str, str | None, str]] = [
    ("Beech Ward", "inpatient", "Acute wards", "East Kent", "Canterbury"),
    ("Hazel Ward", "inpatient", "Acute wards", "East Kent", "Canterbury"),
    ("Maple Ward", "inpatient", "Acute wards", "West Kent", "Maidstone"),
    ("Rowan Ward", "inpatient", "Acute wards", "West Kent", "Maidstone"),
    ("Cherry Ward", "inpatient", "Acute wards", "North Kent and Medway", "Dartford"),
    ("Alder Ward", "inpatient", "Acute wards", "North Kent and Medway", "Dartford"),
    ("Juniper Intensive Care", "inpatient", "Acute wards", "North Kent and Medway", "Dartford"),
    ("Elm Older Adults Ward", "inpatient", "Older adults", "East Kent", "Canterbury"),
    ("Lime Older Adults Ward", "inpatient", "Older adults", "West Kent", "Maidstone"),
    ("Orchard Rehabilitation", "inpatient", "Rehabilitation", "East Kent", "Ashford"),
    ("Meadow Rehabilitation", "inpatient", "Rehabilitation", "West Kent", "Maidstone"),
    ("Willow Mother and Infant Unit", "inpatient", "Mother and infant", "East Kent", "Ashford"),
    ("Larch Secure Ward", "inpatient", "Forensic", "West Kent", "Maidstone"),
    ("Cedar Secure Ward", "inpatient", "Forensic", "North Kent and Medway", "Dartford"),
    ("Crisis Team East", "crisis", "Crisis and home treatment", "East Kent", "Canterbury"),
    ("Crisis Team Thanet", "crisis", "Crisis and home treatment", "East Kent", "Margate"),
    ("Crisis Team West", "crisis", "Crisis and home treatment", "West Kent", "Maidstone"),
    (
        "Crisis Team North",
        "crisis",
        "Crisis and home treatment",
        "North Kent and Medway",
        "Dartford",
    ),
    (
        "Crisis Team Medway",
        "crisis",
        "Crisis and home treatment",
        "North Kent and Medway",
        "Gillingham",
    ),
    ("Community Team Ashford", "community", "Community mental health", "East Kent", "Ashford"),
    (
        "Community Team Canterbury",
        "community",
        "Community mental health",
        "East Kent",
        "Canterbury",
    ),
    ("Community Team Thanet", "community", "Community mental health", "East Kent", "Margate"),
    ("Community Team Dover and Deal", "community", "Community mental health", "East Kent", "Dover"),
    ("Community Team Shepway", "community", "Community mental health", "East Kent", "Folkestone"),
    ("Community Team Maidstone", "community", "Community mental health", "West Kent", "Maidstone"),
    (
        "Community Team Tunbridge Wells",
        "community",
        "Community mental health",
        "West Kent",
        "Tunbridge Wells",
    ),
    ("Community Team Sevenoaks", "community", "Community mental health", "West Kent", "Sevenoaks"),
    (
        "Community Team Dartford",
        "community",
        "Community mental health",
        "North Kent and Medway",
        "Dartford",
    ),
    (
        "Community Team Gravesham",
        "community",
        "Community mental health",
        "North Kent and Medway",
        "Gravesend",
    ),
    (
        "Community Team Medway",
        "community",
        "Community mental health",
        "North Kent and Medway",
        "Chatham",
    ),
    (
        "Community Team Swale",
        "community",
        "Community mental health",
        "North Kent and Medway",
        "Sittingbourne",
    ),
    ("Older Adults Community East", "community", "Older adults", "East Kent", "Canterbury"),
    ("Older Adults Community West", "community", "Older adults", "West Kent", "Tonbridge"),
    (
        "Older Adults Community North",
        "community",
        "Older adults",
        "North Kent and Medway",
        "Gravesend",
    ),
    ("Memory Clinic East", "community", "Memory assessment", "East Kent", "Herne Bay"),
    ("Memory Clinic West", "community", "Memory assessment", "West Kent", "Maidstone"),
    (
        "Memory Clinic North",
        "community",
        "Memory assessment",
        "North Kent and Medway",
        "Gillingham",
    ),
    ("Early Intervention Kent", "community", "Early intervention in psychosis", None, ""),
    ("Mother and Infant Community Team", "community", "Mother and infant", None, ""),
    ("Forensic Outreach", "community", "Forensic", None, ""),
    ("Recovery College", "other", "Recovery College", "East Kent", "Margate"),
]
# Two teams became one; the old names stay on old records.
MERGED = [("Crisis Team Swale", "Crisis Team Medway", dt.date(2024, 4, 1))]

TOPICS = [
    ("Carers and families", "carers"),
    ("Wards and hospital stays", "wards"),
    ("Crisis care", "crisis"),
    ("Community care", "community"),
    ("Dementia and older people", "older-people"),
    ("Young people", "young-people"),
    ("Staff training and interviews", "staff"),
    ("Research", "research"),
    ("Recovery College", "recovery-college"),
    ("Buildings and gardens", "buildings"),
    ("Information and leaflets", "information"),
]

# Who can be tried on /demo/: code, name, email, role (None: a member).
CAST: list[dict[str, Any]] = [
    {
        "code": "carer",
        "name": "Rosa Mwangi",
        "email": "rosa@people.example",
        "role": None,
        "title": "A carer",
        "what": "Rosa looks after her brother. She needs breaks and somebody to sit with him.",
    },
    {
        "code": "member",
        "name": "Tom Ashdown",
        "email": "tom@people.example",
        "role": None,
        "title": "Somebody who uses services",
        "what": "Tom lip-reads, and likes a text better than an email. He is on a waiting list.",
    },
    {
        "code": "coordinator",
        "name": "Priya Nair",
        "email": "priya@staff.example",
        "role": "coordinator",
        "title": "An involvement coordinator",
        "what": "Priya writes adverts, runs bookings and registers, and phones people.",
    },
    {
        "code": "governance",
        "name": "Gareth Pugh",
        "email": "gareth@staff.example",
        "role": "governance",
        "title": "The information governance lead",
        "what": "Gareth reads the audit log, and exports or erases what is held about people.",
    },
    {
        "code": "administrator",
        "name": "Ama Boateng",
        "email": "ama@staff.example",
        "role": "administrator",
        "title": "A system administrator",
        "what": "Ama keeps the trust's teams, staff and roles up to date. She sees no people.",
    },
    {
        "code": "post_room",
        "name": "Colin Fry",
        "email": "colin@staff.example",
        "role": "post_room",
        "title": "The post room",
        "what": "Colin prints letters and marks them posted.",
    },
    {
        "code": "executive",
        "name": "Dr Hélène Marsh",
        "email": "helene@staff.example",
        "role": "executive",
        "title": "A board member",
        "what": "Hélène sees how many people take part, never who.",
    },
]
# More coordinators, so that support can be shared out.
MORE_STAFF = [
    ("Joseph Obi", "joseph@staff.example", "coordinator"),
    ("Siân Hopkins", "sian@staff.example", "coordinator"),
]
