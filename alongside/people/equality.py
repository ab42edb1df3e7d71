"""The equality questions: optional, apart, and never linked to anybody.

The characteristics of the Equality Act 2010 and what NHS England's public-involvement form asks
besides. Ethnic groups follow the 19 groups of Census 2021, which map to the NHS data dictionary's
16+1 codes. The lists are the trust's to change: an answer is counted under its code, so a code is
never given a new meaning.
"""

from dataclasses import dataclass

NOT_SAID = "not_said"


@dataclass(frozen=True)
class Question:
    """One question. ``answers`` are code and words; every question can be left or declined."""

    code: str
    words: str
    answers: tuple[tuple[str, str], ...]
    hint: str = ""
    several: bool = False

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The answers and, last, preferring not to say."""
        return (*self.answers, (NOT_SAID, "I prefer not to say"))


QUESTIONS: dict[str, Question] = {
    question.code: question
    for question in [
        Question(
            "age",
            "How old are you?",
            (
                ("under_18", "Under 18"),
                ("18_24", "18 to 24"),
                ("25_34", "25 to 34"),
                ("35_44", "35 to 44"),
                ("45_54", "45 to 54"),
                ("55_64", "55 to 64"),
                ("65_74", "65 to 74"),
                ("75_84", "75 to 84"),
                ("85_over", "85 or over"),
            ),
        ),
        Question(
            "limited",
            "Are your day-to-day activities limited by a health condition or disability?",
            (("a_lot", "Yes, a lot"), ("a_little", "Yes, a little"), ("no", "No")),
            hint="One that has lasted, or will last, 12 months or more.",
        ),
        Question(
            "condition",
            "If they are, which of these does it affect?",
            (
                ("vision", "Seeing"),
                ("hearing", "Hearing"),
                ("mobility", "Moving about"),
                ("learning", "Learning, concentrating or remembering"),
                ("mental_health", "Mental health"),
                ("stamina", "Breathing, or getting tired"),
                ("social", "Being with other people, for example autism or ADHD"),
                ("other", "Something else"),
            ),
            hint="Choose all that apply.",
            several=True,
        ),
        Question(
            "ethnic_group",
            "What is your ethnic group?",
            (
                ("white_british", "White: British"),
                ("white_irish", "White: Irish"),
                ("white_traveller", "White: Gypsy or Irish Traveller"),
                ("white_roma", "White: Roma"),
                ("white_other", "White: any other White background"),
                ("mixed_caribbean", "Mixed: White and Black Caribbean"),
                ("mixed_african", "Mixed: White and Black African"),
                ("mixed_asian", "Mixed: White and Asian"),
                ("mixed_other", "Mixed: any other mixed background"),
                ("asian_indian", "Asian: Indian"),
                ("asian_pakistani", "Asian: Pakistani"),
                ("asian_bangladeshi", "Asian: Bangladeshi"),
                ("asian_chinese", "Asian: Chinese"),
                ("asian_other", "Asian: any other Asian background"),
                ("black_african", "Black: African"),
                ("black_caribbean", "Black: Caribbean"),
                ("black_other", "Black: any other Black background"),
                ("arab", "Arab"),
                ("other", "Any other ethnic group"),
            ),
        ),
        Question("sex", "What is your sex?", (("female", "Female"), ("male", "Male"))),
        Question(
            "gender_same",
            "Is your gender the same as the sex you were given at birth?",
            (("yes", "Yes"), ("no", "No")),
        ),
        Question(
            "orientation",
            "Which of these best describes you?",
            (
                ("straight", "Heterosexual or straight"),
                ("gay_lesbian", "Gay or lesbian"),
                ("bisexual", "Bisexual"),
                ("other", "In another way"),
            ),
        ),
        Question(
            "religion",
            "What is your religion or belief?",
            (
                ("none", "No religion"),
                ("buddhist", "Buddhist"),
                ("christian", "Christian"),
                ("hindu", "Hindu"),
                ("jewish", "Jewish"),
                ("muslim", "Muslim"),
                ("sikh", "Sikh"),
                ("other", "Another religion or belief"),
            ),
        ),
        Question(
            "partnership",
            "Are you married or in a civil partnership?",
            (("married", "Married"), ("civil", "In a civil partnership"), ("neither", "Neither")),
        ),
        Question(
            "maternity",
            "Are you pregnant, or have you had a baby in the last 12 months?",
            (("yes", "Yes"), ("no", "No")),
        ),
        Question(
            "caring",
            "Do you look after or support somebody?",
            (
                ("no", "No"),
                ("adult", "Yes, I am an adult and support another adult"),
                ("parent", "Yes, I am the parent of a child who needs more support than others"),
                ("young", "Yes, and I am under 18"),
            ),
            hint="A family member, partner, friend or neighbour. Without being paid.",
        ),
    ]
}
