"""All sources' schemas merged into one, with what each source says of each part."""
