"""Drafts are the same whoever makes them, and a process that fails takes nothing else with it."""
