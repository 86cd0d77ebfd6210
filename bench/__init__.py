"""Measurements: CPU time and ratios, made anew by one command each."""
