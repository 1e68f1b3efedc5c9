"""The control plane: from what a deployment states to a snapshot that answers."""
