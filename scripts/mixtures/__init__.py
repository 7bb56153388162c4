"""How well the components of mixtures are found; see scripts/compare-mixtures."""
