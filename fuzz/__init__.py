"""Coverage-guided fuzzing of everything that takes what people and files bring: see README.md."""
