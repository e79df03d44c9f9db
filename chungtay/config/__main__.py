"""python -m chungtay.config: the same as the command `chungtay`."""

from chungtay.config.cli import main

main()
