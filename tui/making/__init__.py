"""Makes what feeds brought ready to be saved: here, or in processes beside when there is much of it."""
