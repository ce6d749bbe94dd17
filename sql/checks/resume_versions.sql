-- No résumé has more than 30 versions, and no version is newer than its résumé.
table private.check_resume_versions;
