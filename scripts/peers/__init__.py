"""specid's search beside other programs' on the same made-up libraries, in turn, in one run."""
