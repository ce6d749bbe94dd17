-- Derived columns (search text, flags) match their sources.
table private.check_derived_columns;
