"""Work that fails at once; alone in its module, so that a process which does it starts fast."""


def fail() -> None:
    raise SystemExit(3)
