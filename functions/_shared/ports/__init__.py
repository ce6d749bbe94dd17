"""The interfaces through which services reach the outside world, one Protocol per file. Adapters subclass them."""
