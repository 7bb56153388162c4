//! What was received last from a publisher, kept in the library.

use serde::{Deserialize, Serialize};

/// The last update taken in from a publisher.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// Name of the publisher's library.
    pub library: String,
    /// Generation of the publisher's library.
    pub generation: u64,
    /// Hash of the publisher's records in it, lower-case hexadecimal.
    pub hash: String,
    /// When it was received, RFC 3339.
    pub date: String,
    /// Fingerprint of the key that signed it.
    pub fingerprint: String,
}
