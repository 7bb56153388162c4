//! Packages that are refused, each with its reason; the library stays as it was, to the byte.

use crate::common::text;
use crate::lab::{Lab, altered, curve, ions, write};
use jiff::civil::{Date, date};
use specid::exchange::{Manifest, Purpose, SecretKey, Trust, Voucher};
use std::fs;
use std::path::{Path, PathBuf};

/// A receiver whose library holds generation 2 of "P", and what the publisher has.
pub struct Scene {
    sender: Lab,
    pub receiver: Lab,
    pub own: PathBuf,
    public: PathBuf,
    /// Generation 3, all records.
    pub package: PathBuf,
}

pub fn scene() -> Scene {
    let (sender, receiver) = (Lab::new(), Lab::new());
    let public = sender.key("P");
    receiver.trust(&public);
    let own = receiver.home.path("own.h5");
    write(&own, "own", 1, vec![ions("mine", 44.0)]);
    let library = |generation: u64| {
        let path = sender.home.path(&format!("{generation}.h5"));
        let at = generation as f64;
        write(
            &path,
            "lib",
            generation,
            vec![curve("a", 50.0 + at), ions("b", 58.0)],
        );
        path
    };
    receiver.accepted(&sender.publish(&library(2), None), &own);
    library(1);
    let package = sender.publish(&library(3), None);
    Scene {
        sender,
        receiver,
        own,
        public,
        package,
    }
}

impl Scene {
    pub fn refused(&self, package: &Path, kind: &str, said: &str) {
        self.receiver.refused(package, &self.own, kind, said);
    }

    fn generation(&self, generation: u64) -> PathBuf {
        self.sender.home.path(&format!("{generation}.h5"))
    }

    /// The package with another manifest, signed by a key.
    fn signed(&self, secret: &SecretKey, change: impl FnOnce(&mut Manifest)) -> PathBuf {
        altered(&self.package, |members| {
            let mut manifest = Manifest::parse(&members.manifest).unwrap();
            change(&mut manifest);
            members.manifest = serde_json::to_vec(&manifest).unwrap();
            members.signature = secret.sign(Purpose::Manifest, &members.manifest).0.to_vec();
        })
    }

    pub fn bytes(&self, bytes: &[u8]) -> PathBuf {
        self.sender.home.file("bytes.specid", bytes)
    }
}

/// Writes a trust file as if this key had been trusted on that day.
pub fn trust_since(lab: &Lab, secret: &SecretKey, on: Date) {
    let path = lab.config().join("trust.toml");
    let mut trust = Trust::load(&path).unwrap();
    let by = "T. Ester".to_owned();
    trust.add(secret.key(), Voucher { by, on }).unwrap();
    trust.save(&path).unwrap();
}

pub fn replaced(bytes: &mut [u8], from: &[u8], to: &[u8]) -> usize {
    assert_eq!(from.len(), to.len());
    let places: Vec<usize> = (0..=bytes.len() - from.len())
        .filter(|at| bytes[*at..].starts_with(from))
        .collect();
    for at in &places {
        bytes[*at..at + to.len()].copy_from_slice(to);
    }
    places.len()
}

#[test]
fn what_was_altered() {
    let scene = scene();
    let records = altered(&scene.package, |members| {
        let text = String::from_utf8(std::mem::take(&mut members.records)).unwrap();
        members.records = text.replace("\"y\":[999.0", "\"y\":[998.0").into_bytes();
    });
    scene.refused(&records, "tampered", "changed after it was signed");
    let manifest = altered(&scene.package, |members| {
        assert_eq!(replaced(&mut members.manifest, b"\"CC0\"", b"\"CC1\""), 1);
    });
    scene.refused(&manifest, "bad-signature", "changed after it was signed");
    let unsigned = altered(&scene.package, |members| members.signature.clear());
    scene.refused(&unsigned, "bad-signature", "signature does not hold");
    // Records that fit their hash but are not the state that was signed.
    let secret = Lab::secret(&scene.public);
    let state = scene.signed(&secret, |m| m.state = m.records_sha256);
    scene.refused(
        &state,
        "tampered",
        "not the library that its publisher signed",
    );
    // The package itself is good.
    scene.receiver.accepted(&scene.package, &scene.own);
}

#[test]
fn what_is_cut_off_or_no_package() {
    let scene = scene();
    let whole = fs::read(&scene.package).unwrap();
    for part in 0..24 {
        let cut = scene.bytes(&whole[..whole.len() * part / 24]);
        scene.refused(&cut, "not-a-package", "copy the file again");
    }
    for bytes in [
        &b"Name: x\n"[..],
        &[0; 5000],
        &[whole.clone(), b"x".to_vec()].concat(),
    ] {
        scene.refused(&scene.bytes(bytes), "not-a-package", "whole update package");
    }
    let secret = Lab::secret(&scene.public);
    let schema = scene.signed(&secret, |m| m.schema = "specid.update/2".to_owned());
    scene.refused(&schema, "wrong-schema", "specid.update/2");
}

#[test]
fn what_is_older_or_does_not_follow() {
    let scene = scene();
    let second = scene.sender.publish(&scene.generation(2), None);
    scene.refused(&second, "not-newer", "generation 2 of \"P\"");
    let first = scene.sender.publish(&scene.generation(1), None);
    scene.refused(&first, "not-newer", "--allow-older");
    let (own, receiver) = (text(&scene.own), &scene.receiver);
    let back = receiver.library(&["receive", text(&first), "-l", own, "--allow-older"]);
    assert_eq!(back.code, 0, "{}", back.err);
    // Now generation 1 is there, and the delta is from 2 to 3.
    let delta = scene
        .sender
        .publish(&scene.generation(3), Some(&scene.generation(2)));
    scene.refused(
        &delta,
        "wrong-base",
        "since generation 2 of \"P\", and this library has generation 1",
    );
    // What is said to be missing is what helps.
    scene.refused(
        &delta,
        "wrong-base",
        "what changed from generation 1 to 2 is missing. Ask \"P\" for the package",
    );
    for base in [1, 2] {
        let next = scene
            .sender
            .publish(&scene.generation(base + 1), Some(&scene.generation(base)));
        let ran = receiver.library(&["receive", text(&next), "-l", own]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    let new = receiver.home.path("new.h5");
    receiver.refused(&delta, &new, "wrong-base", "received nothing of \"P\"");
    assert!(!new.exists());
    let other = scene.sender.home.path("other.h5");
    write(&other, "another", 9, vec![ions("z", 91.0)]);
    let other = scene.sender.publish(&other, None);
    scene.refused(&other, "wrong-library", "\"another\"");
}

#[test]
fn what_nobody_trusted_signed() {
    let scene = scene();
    let own = Lab::secret(&scene.public);
    let (from, to) = (own.key().created(), own.key().expires());
    // Somebody calls himself P.
    let thief = SecretKey::generate("P", from, to).unwrap();
    let by = |secret: &SecretKey, publisher: &str| {
        scene.signed(secret, |m| {
            m.credential = secret.credential().clone();
            m.fingerprint = secret.key().fingerprint();
            m.publisher = publisher.to_owned();
        })
    };
    scene.refused(&by(&thief, "P"), "untrusted-key", "may be forged");
    let stranger = SecretKey::generate("Stranger", from, to).unwrap();
    scene.refused(
        &by(&stranger, "Stranger"),
        "untrusted-key",
        "nobody here trusts",
    );
    // Another trusted laboratory calls itself P, in the package or in its key.
    let other = SecretKey::generate("Q", from, to).unwrap();
    trust_since(&scene.receiver, &other, from);
    scene.refused(&by(&other, "P"), "publisher-mismatch", "belongs to \"Q\"");
    // The signature of the thief under the key of P.
    scene.refused(
        &scene.signed(&thief, |_| {}),
        "bad-signature",
        "does not hold",
    );
    // A key file of somebody who takes P's name.
    let file = scene
        .receiver
        .home
        .file("p.pub", thief.credential().to_string());
    let fingerprint = thief.key().fingerprint().to_string();
    let ran = scene.receiver.library(&[
        "key",
        "trust",
        text(&file),
        "--fingerprint",
        &fingerprint,
        "--by",
        "T",
    ]);
    assert!(
        ran.code == 2 && ran.err.contains("trusted with another key"),
        "{}",
        ran.err
    );
}

#[test]
fn what_an_expired_or_future_key_signed() {
    let scene = scene();
    let with = |secret: &SecretKey| {
        scene.signed(secret, |m| {
            m.credential = secret.credential().clone();
            m.fingerprint = secret.key().fingerprint();
            m.publisher = secret.key().publisher().to_owned();
        })
    };
    let old = SecretKey::generate("Old", date(2020, 1, 1), date(2021, 12, 31)).unwrap();
    trust_since(&scene.receiver, &old, date(2020, 1, 1));
    scene.refused(&with(&old), "expired-key", "expired on 2021-12-31");
    let future = SecretKey::generate("Future", date(9000, 1, 1), date(9001, 1, 1)).unwrap();
    trust_since(&scene.receiver, &future, date(9000, 1, 1));
    scene.refused(&with(&future), "not-yet-valid", "9000-01-01");
    let secret = Lab::secret(&scene.public);
    let made = scene.signed(&secret, |m| {
        m.created = "9000-01-01T00:00:00Z".parse().unwrap()
    });
    scene.refused(&made, "not-yet-valid", "clock");
    let ran = scene
        .receiver
        .library(&["key", "untrust", "P", "--reason", "closed"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    scene.refused(&scene.package, "revoked-key", "(closed)");
}

#[test]
fn an_id_that_cannot_be_found_a_place() {
    let scene = scene();
    let own = scene.receiver.home.path("full.h5");
    write(&own, "full", 1, vec![ions("b", 44.0), ions("P/b", 45.0)]);
    scene
        .receiver
        .refused(&scene.package, &own, "id-taken", "\"P/b\"");
}
