"""What a command says when it cannot go on."""


class CommandFailure(Exception):
    """A command cannot go on; the message says what happened and what to do now.

    The message is printed as it is, without a stack trace, and the process ends with `exit_code`.
    """

    def __init__(self, message: str, *, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code
