"""The engine for the whole state's letters on one machine: Tantivy's files, mapped into memory."""
