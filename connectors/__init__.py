"""What the gateway says to sources, and the kinds of connectors that come with it."""
