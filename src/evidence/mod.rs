//! What several techniques say of one sample together, by the scheme of SWGDRUG.
