"""Pure text tools: decoding, cleaning, HTML to blocks, widths, wrapping, dates, search tokens."""
