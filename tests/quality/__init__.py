"""How well the search answers what analysts ask: graded queries over the reference."""
