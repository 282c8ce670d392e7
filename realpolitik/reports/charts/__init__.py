"""The pictures of a page: each a function from `Material` to a `Figure`."""
