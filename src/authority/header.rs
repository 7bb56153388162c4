//! What the user says once for a whole export.

/// What stands in the head of a form. What is not said stays blank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// The reporting country, for samples of which the manifest names none.
    pub country: Option<String>,
    /// The reporting authority.
    pub authority: Option<String>,
    /// The responsible officer.
    pub officer: Option<String>,
    /// How to reach them.
    pub contact: Option<String>,
    /// The laboratory, for samples of which the manifest names none.
    pub laboratory: Option<String>,
}
