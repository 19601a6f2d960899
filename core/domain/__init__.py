"""Plain frozen values that cross every line of the house."""
