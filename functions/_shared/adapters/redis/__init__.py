"""Redis (or Valkey): optional everywhere, with a stand-in in Postgres behind the same port."""
