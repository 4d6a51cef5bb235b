"""Runs one program and ends it when the supervisor that started it is gone.

The supervisor holds the other end of standard input. When it dies, even by kill -9, that end closes; this
wrapper then stops the program, so that no forgotten server keeps the port. Standard library only: it starts
in a few hundredths of a second, as `python -I -S lifeline.py PROGRAM [ARGUMENT …]`.
"""

import os
import signal
import subprocess
import sys
import threading
import time

GRACE_SECONDS = 5


def main(words: list[str]) -> int:
    """Run the program until it ends; pass a polite stop on to it. The result is its exit code."""
    program = subprocess.Popen(words, stdin=subprocess.DEVNULL)

    def pass_on(number: int, _frame: object) -> None:
        program.send_signal(number)

    signal.signal(signal.SIGTERM, pass_on)
    signal.signal(signal.SIGINT, pass_on)
    threading.Thread(target=_end_with_supervisor, args=(program,), daemon=True).start()
    code = program.wait()
    return code if code >= 0 else 128 - code


def _end_with_supervisor(program: subprocess.Popen[bytes]) -> None:
    while os.read(0, 4096):
        pass
    program.terminate()
    time.sleep(GRACE_SECONDS)
    os.killpg(os.getpgid(0), signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
