"""The database: mapped tables, repositories, one unit of work, history, migrations."""
