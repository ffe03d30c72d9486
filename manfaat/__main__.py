"""Runs the command line: `python -m manfaat`."""

import sys

from manfaat.cli import main

sys.exit(main())
