//! Any bytes: refused, or exactly what was published; never a panic.

use crate::lab::{curve, ions};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use specid::exchange::{
    Content, Draft, Limits, Members, Package, Purpose, Record, Refusal, SecretKey, State, Trust,
    Verified, Voucher,
};
use std::sync::OnceLock;

struct Made {
    secret: SecretKey,
    trust: Trust,
    bytes: Vec<u8>,
}

const TODAY: Date = date(2026, 6, 1);

/// A package of two short records and the trust in its key.
fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let secret = SecretKey::generate("P", date(2026, 1, 1), date(2027, 12, 31)).unwrap();
        let mut trust = Trust::default();
        let by = "T".to_owned();
        trust.add(secret.key(), Voucher { by, on: TODAY }).unwrap();
        let pairs = [ions("a", 58.0), ions("b", 91.0)];
        let records: Vec<Record> = pairs.into_iter().map(|(e, s)| Record::of(e, s)).collect();
        let draft = Draft {
            library: "lib".to_owned(),
            generation: 1,
            state: State::of(&records).unwrap(),
            content: Content::Full,
            created: "2026-05-01T00:00:00Z".parse::<Timestamp>().unwrap(),
            licence: String::new(),
            description: String::new(),
            records,
            removed: Vec::new(),
        };
        let bytes = draft.seal(&secret).unwrap().1;
        Made {
            secret,
            trust,
            bytes,
        }
    })
}

fn verified(bytes: &[u8]) -> Result<Verified, Refusal> {
    Package::open(bytes, &Limits::default())?.verify(&made().trust, TODAY)
}

/// What was published, exactly, or a refusal.
fn same_or_refused(bytes: &[u8]) -> bool {
    verified(bytes).is_ok_and(|found| found == verified(&made().bytes).unwrap())
        || verified(bytes).is_err()
}

#[test]
fn every_changed_byte_is_refused_or_changes_nothing() {
    let bytes = &made().bytes;
    let mut taken = 0;
    for at in 0..bytes.len() {
        for mask in [0x01, 0x20, 0x80] {
            let mut changed = bytes.clone();
            changed[at] ^= mask;
            assert!(same_or_refused(&changed), "byte {at} ^ {mask:#x}");
            taken += usize::from(verified(&changed).is_ok());
        }
    }
    // Dates of members and the like carry nothing; all else is covered.
    assert!(
        taken < bytes.len(),
        "{taken} of {} changes are not noticed",
        3 * bytes.len()
    );
}

#[test]
fn every_beginning_is_refused() {
    let bytes = &made().bytes;
    assert!(verified(bytes).is_ok());
    for end in 0..bytes.len() {
        assert!(verified(&bytes[..end]).is_err(), "cut at {end}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn one_other_byte(at in any::<prop::sample::Index>(), value in any::<u8>()) {
        let mut bytes = made().bytes.clone();
        let at = at.index(bytes.len());
        bytes[at] = value;
        prop_assert!(same_or_refused(&bytes));
    }

    #[test]
    fn random_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(verified(&bytes).is_err());
    }

    /// Runs of bytes put in, taken out and written over.
    #[test]
    fn mutated_packages(
        at in any::<prop::sample::Index>(),
        length in 0..80_usize,
        put in prop::collection::vec(any::<u8>(), 0..80),
    ) {
        let mut bytes = made().bytes.clone();
        let start = at.index(bytes.len());
        let end = (start + length).min(bytes.len());
        bytes.splice(start..end, put);
        prop_assert!(same_or_refused(&bytes));
    }

    /// Members of any content in a sound zip file, the manifest signed by the right key.
    #[test]
    fn signed_nonsense(
        at in any::<prop::sample::Index>(),
        put in prop::collection::vec(any::<u8>(), 0..12),
        in_records in any::<bool>(),
    ) {
        let mut members = Members::unpack(&made().bytes, &Limits::default()).unwrap();
        let target = match in_records {
            true => &mut members.records,
            false => &mut members.manifest,
        };
        let start = at.index(target.len());
        let end = (start + put.len()).min(target.len());
        target.splice(start..end, put);
        members.signature = made().secret.sign(Purpose::Manifest, &members.manifest).0.to_vec();
        // The publisher may sign what he likes; it must not be misread.
        let _ = verified(&members.pack().unwrap());
    }
}

#[test]
fn points_that_do_not_fit_together_are_refused() {
    let (mut entry, spectrum) = curve("a", 30.0);
    entry.even = None;
    let records = vec![Record::of(entry, spectrum)];
    let draft = Draft {
        library: "lib".to_owned(),
        generation: 1,
        state: State::of(&records).unwrap(),
        content: Content::Full,
        created: "2026-05-01T00:00:00Z".parse::<Timestamp>().unwrap(),
        licence: String::new(),
        description: String::new(),
        records,
        removed: Vec::new(),
    };
    let bytes = draft.seal(&made().secret).unwrap().1;
    assert_eq!(verified(&bytes).unwrap_err().kind(), "damaged");
}
