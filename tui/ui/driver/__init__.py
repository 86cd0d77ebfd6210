"""Every private name of Textual that the program touches, so that an upgrade has one place to look at."""
