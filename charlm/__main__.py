"""`python -m charlm`."""

import sys

from charlm.command_line.cli import main

sys.exit(main())
