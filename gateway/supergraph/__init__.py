"""Composition: from the departments' schemas to one supergraph."""
