"""Words that the rules know, in ten languages: data."""
