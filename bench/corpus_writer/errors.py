"""What can be wrong with the writer's own data files."""


class CorpusDataError(Exception):
    """One or more data files can't be used; the message lists every place and what to do there."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))
