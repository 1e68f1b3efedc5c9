"""The unified entity types as Strawberry classes, with keys, default labels and descriptions."""
