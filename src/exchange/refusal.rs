//! Why a package is refused.

use super::hex::Fingerprint;
use jiff::civil::Date;
use std::cmp::Ordering;
use thiserror::Error;

/// A reason to refuse a package or a key; nothing has been changed when it is given.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The file is no zip file, or cut off.
    #[error("this is not a whole update package ({why}); copy the file again from its source")]
    NotAPackage {
        /// What is missing.
        why: String,
    },
    /// The file is no signed notice, or cut off.
    #[error("this is not a whole notice ({why}); copy the file again from its source")]
    NoLetter {
        /// What is wrong.
        why: String,
    },
    /// A member that a package does not have.
    #[error(
        "the package holds {name:?}, which does not belong into one; do not use it, ask the publisher for it again"
    )]
    UnknownMember {
        /// Its name.
        name: String,
    },
    /// A member of a kind that could do harm.
    #[error("{name:?} in the package is {what}, which is not allowed; do not use it")]
    UnsafeMember {
        /// Its name.
        name: String,
        /// What it is.
        what: &'static str,
    },
    /// A member that is there twice.
    #[error("the package holds {name:?} more than once; do not use it")]
    DuplicateMember {
        /// Its name.
        name: String,
    },
    /// More than may be read.
    #[error(
        "the package is too large: {what} {found}, of at most {limit}; a larger limit can be given with --max-file-size, \
         --max-points or --max-spectra"
    )]
    TooLarge {
        /// What is counted.
        what: &'static str,
        /// How many there are, as far as they were counted.
        found: u64,
        /// How many may be there.
        limit: u64,
    },
    /// A member that cannot be read.
    #[error("{member} of the package is damaged ({why}); copy the file again from its source")]
    Damaged {
        /// Its name.
        member: &'static str,
        /// What is wrong.
        why: String,
    },
    /// A package of another version.
    #[error(
        "the package has the form {found:?}, and this program reads {expected:?}; update the program or ask for a package of that form"
    )]
    WrongSchema {
        /// The form it states.
        found: String,
        /// The form that is read.
        expected: &'static str,
    },
    /// The manifest is not what was signed.
    #[error(
        "the signature does not hold: the package was changed after it was signed; do not use it, ask the publisher for it again"
    )]
    BadSignature,
    /// The content is not what the signed manifest says.
    #[error("the package was changed after it was signed: {what}; do not use it")]
    Tampered {
        /// What differs.
        what: String,
    },
    /// Nobody here trusts the key.
    #[error("{}", untrusted(.publisher, .fingerprint, *.other_key))]
    Untrusted {
        /// Who the key says it is.
        publisher: String,
        /// The key.
        fingerprint: Fingerprint,
        /// Whether another key is trusted for that name.
        other_key: bool,
    },
    /// Trust in the key was withdrawn.
    #[error(
        "the key {fingerprint} of {publisher:?} was revoked here on {on} ({reason}); ask the publisher for a package signed with another key"
    )]
    Revoked {
        /// Whose key it was.
        publisher: String,
        /// The key.
        fingerprint: Fingerprint,
        /// When.
        on: Date,
        /// Why.
        reason: String,
    },
    /// The key was good until a day that has passed.
    #[error(
        "the key {fingerprint} of {publisher:?} expired on {on}; ask the publisher for a package signed with a new key \
         (if today is not later than that, set this computer's clock)"
    )]
    Expired {
        /// Whose key it is.
        publisher: String,
        /// The key.
        fingerprint: Fingerprint,
        /// Its last day.
        on: Date,
    },
    /// Something of a day that has not come.
    #[error("{what} is of {on}, which has not come yet; check the clock of this computer")]
    NotYetValid {
        /// The key or package.
        what: String,
        /// Its day.
        on: Date,
    },
    /// A certificate that the old key did not give.
    #[error(
        "the package says that the key {by} certifies its new key, and that is not so; do not use it, and tell {publisher:?}"
    )]
    ForgedCertificate {
        /// Whose key it is said to be.
        publisher: String,
        /// The old key.
        by: Fingerprint,
    },
    /// Signed by someone else than it says.
    #[error(
        "the package calls itself one of {claimed:?}, and its key {fingerprint} belongs to {owner:?}; do not use it"
    )]
    PublisherMismatch {
        /// Who it says it is from.
        claimed: String,
        /// Whose key it is.
        owner: String,
        /// The key.
        fingerprint: Fingerprint,
    },
    /// A new publisher whose name is taken.
    #[error(
        "{name:?} cannot be trusted under this name, since {held:?} is trusted with another key ({fingerprint}); ask for a key that \
         the other certifies, or untrust that one first"
    )]
    NameCollision {
        /// The new name.
        name: String,
        /// The trusted one.
        held: String,
        /// Its key.
        fingerprint: Fingerprint,
    },
    /// A package of another library of the publisher.
    #[error(
        "this library holds records of {held:?} of {publisher:?}, and the package is of {offered:?}; receive it into a library of its own"
    )]
    WrongLibrary {
        /// The publisher.
        publisher: String,
        /// What was received.
        held: String,
        /// What the package holds.
        offered: String,
    },
    /// Nothing newer than what is there.
    #[error(
        "generation {offered} of {publisher:?} is not newer than generation {last}, which was received before; ask for a newer package, \
         or give --allow-older to go back on purpose"
    )]
    NotNewer {
        /// The publisher.
        publisher: String,
        /// The package's generation.
        offered: u64,
        /// The last received.
        last: u64,
    },
    /// A delta on something else.
    #[error("{}", wrong_base(.publisher, *.offered, *.needed, *.held, *.altered))]
    WrongBase {
        /// The publisher.
        publisher: String,
        /// Generation that the delta leads to.
        offered: u64,
        /// Generation that the delta changes.
        needed: u64,
        /// Generation that was received last.
        held: Option<u64>,
        /// Whether the received records are no longer as they were received.
        altered: bool,
    },
    /// No id is left for a record.
    #[error(
        "the record {id:?} cannot be taken in, since {wanted:?} is the id of another entry; rename that entry and receive the package again"
    )]
    IdTaken {
        /// Id in the package.
        id: String,
        /// Id that it would get.
        wanted: String,
    },
}

fn untrusted(publisher: &str, fingerprint: &Fingerprint, other_key: bool) -> String {
    let what = match other_key {
        true => {
            "which is not the key trusted under that name, and no certificate of that one comes with it; the package may be forged"
        }
        false => "which nobody here trusts",
    };
    format!(
        "the package says it is of {publisher:?} with key {fingerprint}, {what}; get the publisher's key file, compare the \
         fingerprint by telephone and run `specid library key trust FILE --fingerprint ...`"
    )
}

fn wrong_base(
    publisher: &str,
    offered: u64,
    needed: u64,
    held: Option<u64>,
    altered: bool,
) -> String {
    let begun =
        format!("the package holds only the changes since generation {needed} of {publisher:?}");
    let Some(held) = held else {
        return format!(
            "{begun}, and this library has received nothing of {publisher:?}: changes have nothing to stand on; ask {publisher:?} for a full package"
        );
    };
    if altered {
        return format!(
            "{begun}, and the records of {publisher:?} in this library are no longer as generation {held} brought them, so that no changes fit them; \
             ask {publisher:?} for a full package"
        );
    }
    let begun = format!("{begun}, and this library has generation {held}");
    match held.cmp(&needed) {
        Ordering::Less => format!(
            "{begun}: what changed from generation {held} to {needed} is missing. Ask {publisher:?} for the package or packages of these \
             changes, receive them in their order and then this one again; or ask for one package of the changes since generation {held} \
             (`specid library publish --since {held}`), or for a full package"
        ),
        Ordering::Equal => format!(
            "{begun} as well, with other records: {publisher:?} has made two libraries with this number; ask {publisher:?} for a full package"
        ),
        Ordering::Greater => format!(
            "{begun}, which is newer; ask {publisher:?} for the changes from generation {held} to {offered} (`specid library publish --since {held}`), \
             or for a full package"
        ),
    }
}

impl Refusal {
    /// Name of the reason, stable for programs.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NotAPackage { .. } => "not-a-package",
            Self::NoLetter { .. } => "not-a-notice",
            Self::UnknownMember { .. } => "unknown-member",
            Self::UnsafeMember { .. } => "unsafe-member",
            Self::DuplicateMember { .. } => "duplicate-member",
            Self::TooLarge { .. } => "too-large",
            Self::Damaged { .. } => "damaged",
            Self::WrongSchema { .. } => "wrong-schema",
            Self::BadSignature => "bad-signature",
            Self::Tampered { .. } => "tampered",
            Self::Untrusted { .. } => "untrusted-key",
            Self::Revoked { .. } => "revoked-key",
            Self::Expired { .. } => "expired-key",
            Self::NotYetValid { .. } => "not-yet-valid",
            Self::ForgedCertificate { .. } => "forged-certificate",
            Self::PublisherMismatch { .. } => "publisher-mismatch",
            Self::NameCollision { .. } => "name-collision",
            Self::WrongLibrary { .. } => "wrong-library",
            Self::NotNewer { .. } => "not-newer",
            Self::WrongBase { .. } => "wrong-base",
            Self::IdTaken { .. } => "id-taken",
        }
    }

    /// Why a key whose signature holds is not trusted, in words; `None` where the key claims what is not so.
    pub fn of_trust(&self) -> Option<String> {
        Some(match self {
            Self::Untrusted { other_key, .. } => {
                let other = match other_key {
                    true => "another key is trusted under that name, so it may be forged",
                    false => "nobody here trusts the key",
                };
                format!(
                    "{other}; compare the fingerprint by telephone and run `specid library key trust FILE`"
                )
            }
            Self::Revoked { on, reason, .. } => {
                format!("the key was revoked here on {on} ({reason})")
            }
            Self::Expired {
                fingerprint, on, ..
            } => format!("the key {fingerprint} expired on {on}"),
            Self::NotYetValid { on, .. } => {
                format!("the key is valid from {on} on; check the clock of this computer")
            }
            _ => return None,
        })
    }
}
