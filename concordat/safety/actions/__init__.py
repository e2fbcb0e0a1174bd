"""Every change about the safety of workers, with its author.

The log gets its line, and shows it to no reader of a log: that somebody told is itself what is protected.
"""
