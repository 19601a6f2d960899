"""What is computed over annotations and relations: agreement, tables of who and when."""
