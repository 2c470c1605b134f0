"""The benchmark: `make bench`; what it measures and how is told in docs/benchmark.md.

`run.py` is the make target, `measure.py` the story; the other files do one part of it each. `make test` runs it small.
"""
