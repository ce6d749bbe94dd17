"""How far a résumé covers a job. Rules and lists, no model.

- `compare`: a résumé against a job, or a matrix of them.
- `requirements`: what a posting asks for; read by `posting` (its parts), `clauses`, `items`, `wording`, `durations`,
  `degrees`, `tongues` (languages), `phrases`.
- `matching`: what a résumé shows of it; read by `evidence`, `tenure` (years), `studies` (degrees), `fields` (of work).
- `lexicon`, `context`, `folding`, `data/`: the terms that are looked for.
- `asked`: requirements and findings as data; `words`: what is said about them.

It is a layer of its own because it reads its lists from files and uses ahocorasick, which the domain may not.
"""
