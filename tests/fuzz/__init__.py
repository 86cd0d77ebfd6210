"""A mutation fuzzer of our own: `python -m tests.fuzz TARGET SEED INDEX` repeats one of its inputs."""
