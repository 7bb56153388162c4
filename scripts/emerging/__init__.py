"""What is said of substances that a library lacks; see scripts/compare-emerging."""
