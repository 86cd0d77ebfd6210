"""huoyuan (货源): a terminal reader for sourcing news."""

__version__ = "0.1.0"
