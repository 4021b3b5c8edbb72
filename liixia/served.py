"""What each process of the web server runs: the site, with what it keeps read before its first visitor comes."""

import gc

from liixia.wsgi import application

__all__ = ["application"]

from liixia.ahead import read_ahead  # noqa: E402 - the application sets up what this needs

read_ahead()
# What is loaded by now stays: the collector need not look through it again and again while pages are made.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
