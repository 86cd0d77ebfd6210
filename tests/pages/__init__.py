"""Tests of tui.pages."""
