"""`resume_export`: a résumé as a file, in one of nine formats. `service` has the path of a request."""
