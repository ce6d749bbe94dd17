"""Résumés as documents: files as the one form that rules read, and what a written document shows.

- `form`: a file that was read, as pages of lines. `facts`: what the file is, beside its text.
- `view`: a résumé under a template, ready for any writer. `visible`: the part of its content that is shown.
- `design`: a template's design, and tighter ones. `fitting`: the first of these that needs few enough pages.
- `locales`, `month_names`: headings and dates in the language of the résumé. `scripts`: the language of a text.
- `links`: the only addresses that documents link to.
"""
