use super::*;
use crate::exchange::{Revocation, Voucher};
use crate::national::{EXAMPLE, Overlay};
use ed25519_dalek::{Signature, VerifyingKey};

const TODAY: &str = "2026-11-26";

fn today() -> Date {
    TODAY.parse().unwrap()
}

fn key(publisher: &str) -> SecretKey {
    let (from, to) = ("2026-01-01".parse().unwrap(), "2028-01-01".parse().unwrap());
    SecretKey::generate(publisher, from, to).unwrap()
}

fn trusting(secret: &SecretKey) -> Trust {
    let mut trust = Trust::default();
    let voucher = Voucher {
        by: "T. Ester".to_owned(),
        on: today(),
    };
    trust.add(secret.key(), voucher).unwrap();
    trust
}

fn signer(bytes: &[u8], trust: &Trust) -> Result<Signer, SealError> {
    overlay_signer(bytes, trust, today())
}

#[test]
fn a_signed_overlay_says_who_signed_it() {
    let secret = key("Central Laboratory");
    let signed = seal_overlay(EXAMPLE.as_bytes(), &secret).unwrap();
    let trust = trusting(&secret);
    let expected = Signer::Trusted {
        publisher: "Central Laboratory".to_owned(),
        fingerprint: secret.key().fingerprint().to_string(),
    };
    assert_eq!(signer(&signed, &trust).unwrap(), expected);
    let none = Trust::default();
    let Signer::NotTrusted { reason, .. } = signer(&signed, &none).unwrap() else {
        panic!("trusted by nobody");
    };
    assert!(reason.contains("nobody here trusts"), "{reason}");
    assert_eq!(
        signer(EXAMPLE.as_bytes(), &trust).unwrap(),
        Signer::NotSigned
    );
    // What it says is what it said before.
    let plain = Overlay::parse(EXAMPLE.as_bytes(), "a").unwrap();
    assert_eq!(
        Overlay::parse(&signed, "a").unwrap().entries(),
        plain.entries()
    );
}

#[test]
fn signing_again_replaces_the_signature() {
    let (first, second) = (key("First"), key("Second"));
    let once = seal_overlay(EXAMPLE.as_bytes(), &first).unwrap();
    let twice = seal_overlay(&once, &second).unwrap();
    assert_eq!(twice, seal_overlay(EXAMPLE.as_bytes(), &second).unwrap());
    assert!(matches!(
        signer(&twice, &trusting(&second)).unwrap(),
        Signer::Trusted { .. }
    ));
}

/// As the README beside the overlays tells to do it, without this module's own code.
#[test]
fn the_signature_can_be_checked_by_other_means() {
    let signed = seal_overlay(EXAMPLE.as_bytes(), &key("P")).unwrap();
    let text = String::from_utf8(signed).unwrap();
    let at = text.find("\nsignature,").unwrap() + "\nsignature,".len();
    let end = at + text[at..].find('\n').unwrap();
    let json = URL_SAFE_NO_PAD.decode(&text[at..end]).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let bytes = |value: &serde_json::Value| -> Vec<u8> {
        let text = value.as_str().unwrap();
        let pairs = (0..text.len()).step_by(2);
        pairs
            .map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap())
            .collect()
    };
    let key = bytes(&json["credential"]["key"]["key"]);
    let key = VerifyingKey::from_bytes(&key.try_into().unwrap()).unwrap();
    let signature = Signature::from_slice(&bytes(&json["signature"])).unwrap();
    let message = format!("specid.overlay/1 file\0{}{}", &text[..at], &text[end..]);
    key.verify_strict(message.as_bytes(), &signature).unwrap();
    assert_eq!(format!("{}{}", &text[..at], &text[end..]), EXAMPLE);
}

#[test]
fn one_byte_changed_anywhere_is_found() {
    let secret = key("P");
    let trust = trusting(&secret);
    // The header, the headings and one entry.
    let short: Vec<&str> = EXAMPLE.split_inclusive('\n').take(14).collect();
    let good = seal_overlay(short.concat().as_bytes(), &secret).unwrap();
    assert_eq!(Overlay::parse(&good, "good").unwrap().entries().len(), 1);
    assert!(matches!(signer(&good, &trust), Ok(Signer::Trusted { .. })));
    for at in 0..good.len() {
        // Upper case in place of lower case, another bit, a blank, a delimiter, a line end.
        for byte in [good[at] ^ 0x20, good[at] ^ 1, b' ', b',', b'\n'] {
            if byte == good[at] {
                continue;
            }
            let mut bad = good.clone();
            bad[at] = byte;
            let whole = Overlay::parse(&bad, "bad").is_ok();
            let held = signer(&bad, &trust);
            assert!(
                !whole || held.is_err(),
                "byte {at} as {byte:#04x}: {held:?}"
            );
            // Even where the text has errors, too, it is never taken as signed.
            assert!(
                !matches!(held, Ok(Signer::Trusted { .. } | Signer::NotTrusted { .. })),
                "byte {at}"
            );
        }
        let mut short = good.clone();
        short.remove(at);
        let held = signer(&short, &trust);
        assert!(
            !matches!(held, Ok(Signer::Trusted { .. } | Signer::NotTrusted { .. })),
            "without byte {at}"
        );
    }
}

#[test]
fn another_spelling_of_the_signature_is_refused() {
    let secret = key("P");
    let signed = seal_overlay(EXAMPLE.as_bytes(), &secret).unwrap();
    let cell = signature_cell(&signed).unwrap();
    let json = String::from_utf8(URL_SAFE_NO_PAD.decode(&signed[cell.clone()]).unwrap()).unwrap();
    let digits = json.rsplit_once("\"signature\":\"").unwrap().1;
    let spelled = |json: &str| {
        let mut other = signed.clone();
        other.splice(cell.clone(), URL_SAFE_NO_PAD.encode(json).into_bytes());
        signer(&other, &trusting(&secret))
    };
    assert!(matches!(spelled(&json), Ok(Signer::Trusted { .. })));
    // The same signature by its meaning: capital digits, a blank, a member written as an escape.
    for other in [
        json.replace(digits, &digits.to_uppercase()),
        format!("{json} "),
        json.replace("\"signature\"", "\"\\u0073ignature\""),
    ] {
        assert_ne!(other, json);
        let refused = spelled(&other);
        assert!(
            matches!(refused, Err(SealError::Damaged(_))),
            "{other}: {refused:?}"
        );
    }
}

#[test]
fn a_signature_of_something_else_does_not_hold() {
    let secret = key("P");
    let signed = seal_overlay(EXAMPLE.as_bytes(), &secret).unwrap();
    let cell = signature_cell(&signed).unwrap();
    let mut seal = read(&signed[cell.clone()]).unwrap();
    // The same key, for another purpose.
    seal.signature = secret.sign(Purpose::Manifest, EXAMPLE.as_bytes());
    let mut other = signed.clone();
    other.splice(cell, written(&seal).unwrap().into_bytes());
    assert!(matches!(
        signer(&other, &trusting(&secret)),
        Err(SealError::Changed)
    ));
    // The value of one file in another one.
    let value = &signed[signature_cell(&signed).unwrap()];
    let mut changed = EXAMPLE
        .replace("EXAMPLE caffeine", "EXAMPLE tea")
        .into_bytes();
    let cell = signature_cell(&changed).unwrap();
    changed.splice(cell, value.iter().copied());
    assert!(matches!(
        signer(&changed, &trusting(&secret)),
        Err(SealError::Changed)
    ));
}

#[test]
fn keys_that_are_not_good_today_are_said() {
    let secret = key("P");
    let signed = seal_overlay(EXAMPLE.as_bytes(), &secret).unwrap();
    let mut trust = trusting(&secret);
    let reason = |trust: &Trust, on: &str| match overlay_signer(&signed, trust, on.parse().unwrap())
    {
        Ok(Signer::NotTrusted { reason, .. }) => reason,
        other => panic!("{other:?}"),
    };
    assert!(matches!(
        signer(&signed, &trust),
        Ok(Signer::Trusted { .. })
    ));
    assert!(reason(&trust, "2028-01-02").contains("expired on 2028-01-01"));
    assert!(reason(&trust, "2025-12-31").contains("valid from 2026-01-01"));
    let revocation = Revocation {
        on: today(),
        reason: "stolen".to_owned(),
    };
    trust.revoke(secret.key().fingerprint(), revocation);
    assert!(reason(&trust, TODAY).contains("revoked here on 2026-11-26 (stolen)"));
    let other = trusting(&key("P"));
    assert!(reason(&other, TODAY).contains("may be forged"));
}

#[test]
fn a_key_that_a_trusted_one_certifies_is_trusted() {
    let old = key("P");
    let new = old.rotate(today(), "2029-01-01".parse().unwrap()).unwrap();
    let signed = seal_overlay(EXAMPLE.as_bytes(), &new).unwrap();
    assert!(matches!(
        signer(&signed, &trusting(&old)),
        Ok(Signer::Trusted { .. })
    ));
}

#[test]
fn a_file_without_a_line_for_it_is_not_signed() {
    let without = EXAMPLE.replace("signature,\n", "");
    assert!(matches!(
        seal_overlay(without.as_bytes(), &key("P")),
        Err(SealError::NoPlace)
    ));
}
