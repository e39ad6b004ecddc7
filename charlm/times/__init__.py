"""How long a run will take on this machine: some runs are tried for a moment, others are worked out from them."""
