"""Résumés as documents: what a document of any format shows, in which order and how it looks.

- `view`: a résumé under a template, ready for any writer. `visible`: the part of its content that is shown.
- `design`: a template's design, and tighter ones. `fitting`: the first of these that needs few enough pages.
- `locales`, `month_names`: headings and dates in the language of the résumé. `scripts`: the language of a text.
- `links`: the only addresses that documents link to.
"""
