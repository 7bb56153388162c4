//! Who signed an overlay, as far as it was checked.

use serde::Serialize;
use std::fmt;

/// Who signed an overlay. Only those who know keys can say more than the first two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Signer {
    /// The file has no signature.
    NotSigned,
    /// The file has a signature that nobody checked.
    NotChecked,
    /// The signature holds, and its key is trusted here.
    Trusted {
        /// Who signed.
        publisher: String,
        /// The key's fingerprint.
        fingerprint: String,
    },
    /// The signature holds, and its key is not trusted here.
    NotTrusted {
        /// Who the key says it is.
        publisher: String,
        /// The key's fingerprint.
        fingerprint: String,
        /// Why it is not trusted.
        reason: String,
    },
}

impl fmt::Display for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSigned => f.write_str("not signed"),
            Self::NotChecked => f.write_str("signature not checked"),
            Self::Trusted {
                publisher,
                fingerprint,
            } => write!(f, "{publisher}, key {fingerprint}, trusted"),
            Self::NotTrusted {
                publisher,
                fingerprint,
                reason,
            } => write!(f, "{publisher}, key {fingerprint}, NOT TRUSTED: {reason}"),
        }
    }
}
