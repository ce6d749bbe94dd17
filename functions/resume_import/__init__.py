"""Import of résumés: from a document in the common form, or from the data of another product, to résumé content.

- `reading`: puts the lines of a document in order, drops what repeats on each page, and finds bullets and paragraphs.
- `sections`, `entries`, `education`, `contacts`, …: the rules that find the parts of a résumé in these lines.
- `formats`: other products' data.
- `vocabulary`: the words that the rules know, in ten languages.
"""
