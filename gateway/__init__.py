"""A federated GraphQL gateway: one schema over the data of many departments, within what policy allows."""
