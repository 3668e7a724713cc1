"""What the JSON API takes and answers: its parameters, its schemas, its description as OpenAPI."""
