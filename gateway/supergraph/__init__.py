"""The supergraph model, and composition: the departments' schemas into one."""
