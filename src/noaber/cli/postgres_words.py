"""What we say to PostgreSQL's programs about language, and what their own words mean."""


def locale_choices(major: int) -> list[list[str]]:
    """The locale options for initdb, the preferred ones first.

    The built-in provider (PostgreSQL 17 and newer) sorts the same on every machine and after every upgrade.
    """
    if major >= 17:
        return [["--locale-provider=builtin", "--locale=C.UTF-8"]]
    return [["--locale=C.UTF-8"], ["--locale=C"]]


def explain(text: str) -> str:
    """PostgreSQL's own words, with one line of help in front for the causes that we know."""
    known = {
        "could not look up effective user ID": "This user has no entry in /etc/passwd; PostgreSQL needs one.",
        "No space left on device": "The disk is full.",
        "error while loading shared libraries": (
            "A library is missing. Install it with: apt-get install libc6 libstdc++6 zlib1g"
        ),
        "could not create shared memory": "There is too little shared memory; give it at least 256 MB.",
    }
    hints = [hint for sign, hint in known.items() if sign in text]
    return "\n".join([*hints, text.strip()])
