"""Other tools' projects and codebooks, read and written without loss."""
