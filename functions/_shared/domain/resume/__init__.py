"""Résumé content: its models and limits, its texts and dates, patches to it, and JSON Resume.

- `content`: the models of a résumé, from contact details to references.
- `field_types`: the types and limits of single values.
- `content_rules`: both of them as data, for comparison with the database's own check.
- `dates`: partial dates, and the time between them.
- `plain_text`, `facts`: a résumé as text, and as a list of facts.
- `model_input`: a résumé in the form that language models receive, without contact details.
- `editable_texts`, `patch`: what a model may rewrite, and the JSON Patches that do it.
- `json_resume`: import from and export to JSON Resume; `json_resume_basics` and `json_resume_tables` are its parts.
"""
