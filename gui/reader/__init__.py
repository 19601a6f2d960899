"""The page: text to document, offsets, stripes."""
