"""Tests of the measurements' own helpers: a figure is worth what its data are."""
