"""One report tree, many renderers."""
