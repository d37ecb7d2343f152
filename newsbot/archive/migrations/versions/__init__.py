"""One file a step: numbered, and never edited once released."""
