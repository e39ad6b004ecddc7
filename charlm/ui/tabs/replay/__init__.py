"""The Replay tab: a slider over the kept epochs of a run."""
