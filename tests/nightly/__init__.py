"""What is too long for every change: `python -m tests.nightly` runs it with high counts."""
