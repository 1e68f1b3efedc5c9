"""A source's own schema: read from its SDL, checked by itself."""
