"""HTTP: GraphQL over HTTP, health, the operators' pages, the landing page."""
