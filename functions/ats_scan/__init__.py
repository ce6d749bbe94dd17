"""How well a résumé file can be read by machines, and how far a résumé covers a job. Pure rules, no model.

- `parseability`, `rules/`, `views`: the file, rule by rule, and its text as a machine reads it.
- `coverage`: a résumé against a job, or a matrix of them.
- `requirements`: what a posting asks for; read by `posting` (its parts), `clauses`, `items`, `wording`, `durations`,
  `degrees`, `tongues` (languages), `phrases`.
- `matching`: what a résumé shows of it; read by `evidence`, `tenure` (years), `studies` (degrees), `fields` (of work).
- `lexicon`, `context`, `folding`, `data/`: the terms that are looked for.
- `asked`: requirements and findings as data; `schemas`, `report`: the answer.
"""
