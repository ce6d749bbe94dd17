"""How well a résumé file can be read by machines, and how far a résumé covers a job. Pure rules, no model.

- `posting`, `items`, `durations`, `degrees`, `tongues`, `phrases`: how a job posting is read.
- `lexicon`, `context`, `folding`, `data/`: the terms that are looked for.
- `requirements`: what the posting asks for.
- `evidence`, `tenure`, `matching`: what the résumé shows of it.
- `coverage`: both together, for one job or a matrix of them.
"""
