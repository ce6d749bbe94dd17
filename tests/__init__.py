"""A package, so that no library that ships a package of this name comes before it."""
