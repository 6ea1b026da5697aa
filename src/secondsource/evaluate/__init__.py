"""Accuracy on labelled corpora: one module a task, each ending in a `Report`."""
