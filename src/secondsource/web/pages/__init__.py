"""The pages: one module each, with a `router` that takes what the pages work with."""
