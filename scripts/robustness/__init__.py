"""How identification bears what instruments do to spectra: specid and published scores on the same disturbed spectra."""
