"""The example city: synthetic people, three departments that hold them, and the right answers about them."""
