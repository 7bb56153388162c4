//! Second stage of a search: the candidates that the correlation finds are compared in detail.

pub(super) mod ions;
