//! What a result says, as a document for those who have to rely on it.
