"""Redis or Valkey. Always optional: Postgres can take its place behind the same port."""
