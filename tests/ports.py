"""Ports that a program is told by number, and has for itself although it takes them only a moment later."""

import random
import socket

# The system gives away ports from 32768 on (from 49152 on elsewhere) to whoever asks for any, and to every connection.
RANGE = range(20_000, 32_000)


def free_port() -> int:
    """Return a port that nothing listens at, and that the system gives to nobody else meanwhile."""
    while True:
        port = random.choice(RANGE)
        with socket.socket() as found:
            try:
                found.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
