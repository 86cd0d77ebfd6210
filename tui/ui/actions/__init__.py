"""What the commands do: one method per command id, grouped by what they touch."""
