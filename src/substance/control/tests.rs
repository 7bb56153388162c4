//! Every kind of rule, with dates on both sides, on the register as it is shipped.
