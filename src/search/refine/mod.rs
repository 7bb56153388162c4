//! Second stage of a search: the candidates that the correlation finds are compared in detail.

mod ions;

pub(super) use ions::{Ions, Masses};
