-- No résumé keeps more than 30 versions, and none is newer than the résumé.
table private.check_resume_versions;
