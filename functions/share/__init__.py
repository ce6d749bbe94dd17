"""`share`: a résumé that its owner published, as a page, JSON, PDF and picture, for readers without an account."""
