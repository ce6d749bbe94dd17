"""Sign-up: decides for the auth service who may sign up, and provisions new users afterwards."""
