"""`python -m secondsource` is the command line."""

from .cli import main

main()
