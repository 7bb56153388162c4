//! Keys that follow one another.

use crate::common::text;
use crate::lab::{Lab, altered, ions, named, write};
use jiff::ToSpan;
use jiff::civil::date;
use specid::exchange::{Manifest, Purpose, SecretKey};
use std::fs;
use std::path::{Path, PathBuf};

/// A sender that a receiver trusts, with a library of one entry.
fn pair() -> (Lab, Lab, PathBuf, PathBuf) {
    let (sender, receiver) = (Lab::new(), Lab::new());
    let public = sender.key("P");
    receiver.trust(&public);
    let library = sender.home.path("a.h5");
    write(&library, "lib", 1, vec![ions("a", 58.0)]);
    (sender, receiver, public, library)
}

fn rotate(lab: &Lab) -> PathBuf {
    let ran = lab.library(&["key", "rotate"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    named(&ran.out, "public key")
}

fn states(lab: &Lab) -> Vec<String> {
    let list = lab.library(&["key", "list", "-f", "json"]).json();
    let keys = list.as_array().unwrap().iter();
    keys.map(|k| k["state"].as_str().unwrap().to_owned())
        .collect()
}

/// The package, signed by another key whose credential this is.
fn resigned(package: &Path, secret: &SecretKey, change: impl FnOnce(&mut Manifest)) -> PathBuf {
    altered(package, |members| {
        let mut manifest = Manifest::parse(&members.manifest).unwrap();
        manifest.credential = secret.credential().clone();
        manifest.fingerprint = secret.key().fingerprint();
        change(&mut manifest);
        members.manifest = serde_json::to_vec(&manifest).unwrap();
        members.signature = secret.sign(Purpose::Manifest, &members.manifest).0.to_vec();
    })
}

#[test]
fn a_rotated_key_is_accepted_and_recorded() {
    let (sender, receiver, _, library) = pair();
    rotate(&sender);
    let newest = rotate(&sender);
    let package = sender.publish(&library, None);
    let own = receiver.home.path("own.h5");
    let trial = receiver.library(&["receive", text(&package), "-l", text(&own), "--dry-run"]);
    assert!(trial.out.contains("certified by"), "{}", trial.out);
    assert_eq!(states(&receiver).len(), 1, "a trial records nothing");
    let answer = receiver.accepted(&package, &own);
    assert_eq!(answer["new_keys"].as_object().unwrap().len(), 2);
    assert_eq!(states(&receiver), ["valid", "valid", "valid"]);
    // Once recorded it stands by itself.
    let alone = resigned(&package, &Lab::secret(&newest), |manifest| {
        manifest.credential.certified_by.clear();
        manifest.generation = 2;
    });
    receiver.accepted(&alone, &own);
}

#[test]
fn a_rotated_key_file_is_trusted_without_a_telephone() {
    let (sender, receiver, _, _) = pair();
    let newest = rotate(&sender);
    let ran = receiver.library(&["key", "trust", text(&newest)]);
    assert!(
        ran.code == 0 && ran.out.contains("certifies it"),
        "{}{}",
        ran.out,
        ran.err
    );
    assert_eq!(states(&receiver), ["valid", "valid"]);
}

#[test]
fn a_forged_certificate_is_refused() {
    let (sender, receiver, public, library) = pair();
    let package = sender.publish(&library, None);
    let today = Lab::secret(&public).key().created();
    let thief = SecretKey::generate("P", today, today).unwrap();
    let own = receiver.home.path("own.h5");
    // The real key with the thief's signature of the thief's key.
    let forged = resigned(&package, &thief, |manifest| {
        let mut certificate = thief
            .rotate(today, today)
            .unwrap()
            .credential()
            .certified_by[0]
            .clone();
        certificate.by = Lab::secret(&public).key().clone();
        certificate.signature =
            thief.sign(Purpose::Certificate, thief.key().statement().as_bytes());
        manifest.credential.certified_by = vec![certificate];
    });
    receiver.refused(&forged, &own, "forged-certificate", "tell \"P\"");
    // A real certificate, of another key.
    let other = Lab::secret(&public).rotate(today, today).unwrap();
    let moved = resigned(&package, &thief, |manifest| {
        manifest.credential.certified_by = other.credential().certified_by.clone();
    });
    receiver.refused(&moved, &own, "forged-certificate", "certifies its new key");
}

#[test]
fn a_revoked_or_expired_key_certifies_nothing() {
    let (sender, receiver, public, library) = pair();
    rotate(&sender);
    let package = sender.publish(&library, None);
    let own = receiver.home.path("own.h5");
    let ran = receiver.library(&["key", "untrust", "P", "--reason", "laptop was stolen"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    receiver.refused(&package, &own, "revoked-key", "laptop was stolen");
    let again = receiver.library(&["key", "trust", text(&public), "--fingerprint"]);
    assert_eq!(again.code, 2);
    let again = receiver.library(&["key", "trust", text(&public)]);
    assert!(
        again.code == 2 && again.err.contains("stolen"),
        "{}",
        again.err
    );

    // A key of 2020 that certified a new one before it expired: too late.
    let old = SecretKey::generate("Old", date(2020, 1, 1), date(2021, 12, 31)).unwrap();
    let today = Lab::secret(&public).key().created();
    let new = old
        .rotate(today, today.checked_add(1.year()).unwrap())
        .unwrap();
    crate::refused::trust_since(&receiver, &old, date(2020, 1, 1));
    let late = resigned(&package, &new, |manifest| {
        manifest.publisher = "Old".to_owned()
    });
    receiver.refused(&late, &own, "expired-key", "2021-12-31");
}

#[test]
fn untrusting_tells_which_keys_came_through_it() {
    let (sender, receiver, public, library) = pair();
    rotate(&sender);
    receiver.accepted(
        &sender.publish(&library, None),
        &receiver.home.path("own.h5"),
    );
    let fingerprint = Lab::secret(&public).key().fingerprint().to_string();
    let ran = receiver.library(&["key", "untrust", &fingerprint[..9], "--reason", "lost"]);
    assert!(
        ran.out.contains("still trusted; untrust it too"),
        "{}",
        ran.out
    );
    assert_eq!(states(&receiver), ["revoked", "valid"]);
    let file = fs::read_to_string(receiver.config().join("trust.toml")).unwrap();
    assert!(file.contains("reason = \"lost\""), "{file}");
}
