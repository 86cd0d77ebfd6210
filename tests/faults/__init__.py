"""A server for every way in which a feed can go wrong, and what becomes of each in the real pipeline."""
