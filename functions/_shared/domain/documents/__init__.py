"""Documents in the one form that rules read, whatever the file was.

- `form`: a document is pages of lines; each line has its text, its place, and how it is set.
- `facts`: what the file is beside its text, such as its pictures and the text in its headers.
"""
