"""`account`: what users do with their account as a whole: export, delete and restore it, and keep own provider keys."""
