//! Signed exchange of library updates between laboratories, from hand to hand.
//!
//! A publisher has a key ([`SecretKey`]) whose public half others trust ([`Trust`]). A
//! [`Publication`] makes a library, or its changes since an older generation, into one signed file.
//! A receiver opens it ([`Package::open`]), verifies it ([`Package::verify`]) and takes it into a
//! library ([`update`]), which changes nothing until the result is built and written. A
//! [`Refusal`] says in a sentence why a package is not taken. National overlays are signed with the same
//! keys ([`seal_overlay`], [`overlay_signer`]), and so are notices of unknowns ([`seal_letter`], [`open_letter`]).

mod container;
mod credential;
mod hex;
mod key;
mod letter;
mod manifest;
mod merge;
mod overlay;
mod package;
mod publish;
mod record;
mod refusal;
mod secret;
mod state;
mod trust;
mod trust_file;
mod update;

pub use container::{Limits, MANIFEST, Members, RECORDS, SIGNATURE};
pub use credential::{CHAIN, Credential, PUBLIC};
pub use hex::{Fingerprint, Hex};
pub use key::{Certificate, KeyError, PublicKey, Purpose, check_name};
pub use letter::{Letter, NOTICE_SCHEMA, open_letter, seal_letter};
pub use manifest::{Content, Counts, Manifest, Removal, SCHEMA};
pub use merge::{Changes, Merged, Renamed, Replay, merge};
pub use overlay::{SealError, overlay_signer, seal_overlay};
pub use package::{Draft, Package, Verified};
pub use publish::{Publication, PublishError, records};
pub use record::Record;
pub use refusal::Refusal;
pub use secret::{KEY_FILE, SecretKey};
pub use state::{Difference, State, published_id};
pub use trust::{Introduced, Revocation, Trust, TrustedKey, Voucher};
pub use trust_file::TrustError;
pub use update::{Reception, Update, UpdateError, update};
