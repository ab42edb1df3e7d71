"""How an action says no."""


class Refused(Exception):  # noqa: N818  (it is an answer, not an accident)
    """An action will not happen. The sentence is fit to show and says what to do.

    ``field`` names the form field the reader should change, where there is one.
    """

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
