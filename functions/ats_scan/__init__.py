"""How well a résumé file can be read by machines, and how far a résumé covers a job. Pure rules, no model.

- `parseability`, `rules/`, `views`: the file, rule by rule, and its text as a machine reads it.
- `matrix`: résumés against jobs. The rules of coverage are in `functions._shared.coverage`.
- `schemas`, `report`: the answer.
"""
