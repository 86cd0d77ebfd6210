"""Finds the QR codes in the images of an article; `tui.codes.find` is the way in."""
