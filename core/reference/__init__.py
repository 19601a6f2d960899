"""The reference pack: its schema, its checks, its compilation into records."""
