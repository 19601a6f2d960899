"""The workspace in a process of its own, so that the window's never waits for it."""
