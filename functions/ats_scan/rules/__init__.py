"""The rules of parseability, by what they look at.

- `rule`: what a rule is, and the file that it is applied to.
- `file`: the file itself: kind, size, password, text at all.
- `layout`: how the page is set: columns, tables, headers, text boxes, pictures.
- `letters`: how the text is written: fonts, spaced-out, tiny or look-alike letters.
- `content`: what a reader of résumés gets out: name, contact, sections, dates.
"""
