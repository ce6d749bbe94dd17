-- Text for search and flags that follow others are what they are derived from.
table private.check_derived_columns;
