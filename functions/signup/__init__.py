"""Sign-up: who may, asked by the auth service beforehand, and what a new user is given afterwards."""
