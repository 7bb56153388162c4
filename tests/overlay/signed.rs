//! Overlays signed and changed.

use crate::common::text;
use crate::made::{Lab, Made, years_ago};
use std::fs;

#[test]
fn a_signature_says_who_and_whether_trusted() {
    let (sender, receiver) = (Lab::new(), Lab::new());
    let made = Made::new("v1", &years_ago(1));
    let file = sender.home.file("zz.csv", made.text());
    let refused = sender.overlay(&["sign", text(&file)]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("key new"), "{}", refused.err);
    let public = sender.key("Central Laboratory");
    let signed = sender.overlay(&["sign", text(&file), "--key", "Central Laboratory"]);
    assert_eq!(signed.code, 0, "{}", signed.err);
    assert!(
        signed.out.contains("signed by Central Laboratory"),
        "{}",
        signed.out
    );
    let elsewhere = sender.home.path("out.csv");
    let signed = sender.overlay(&["sign", text(&file), "-o", text(&elsewhere)]);
    assert_eq!(signed.code, 0, "{}", signed.err);
    assert_eq!(fs::read(&elsewhere).unwrap(), fs::read(&file).unwrap());

    // Everything but the value of the signature is as it was.
    let content = fs::read_to_string(&file).unwrap();
    let line = content
        .lines()
        .find(|l| l.starts_with("signature,"))
        .unwrap();
    assert_eq!(content.replace(line, "signature,"), made.text());

    let state =
        |lab: &Lab| lab.overlay(&["list", "-f", "json"]).json()[0]["signer"]["state"].clone();
    let ran = receiver.overlay(&["check", text(&file)]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.contains("NOT TRUSTED: nobody here trusts the key"),
        "{}",
        ran.out
    );
    let ran = receiver.overlay(&["add", text(&file)]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("NOT TRUSTED"), "{}", ran.err);
    assert_eq!(state(&receiver), "not-trusted");
    receiver.trust(&public);
    assert_eq!(receiver.overlay(&["check", text(&file)]).code, 0);
    assert_eq!(state(&receiver), "trusted");
    let shown = receiver.overlay(&["show", "ZZ"]);
    assert!(
        shown.out.contains("signed by  Central Laboratory, key "),
        "{}",
        shown.out
    );
    let untrusted = receiver.home.run(&[
        "library",
        "key",
        "untrust",
        "Central Laboratory",
        "--reason",
        "stolen",
    ]);
    assert_eq!(untrusted.code, 0, "{}", untrusted.err);
    let ran = receiver.overlay(&["list"]);
    assert!(
        ran.out.contains("revoked here") && ran.out.contains("(stolen)"),
        "{}",
        ran.out
    );
}

#[test]
fn a_changed_file_is_refused_and_what_is_used_stays() {
    let lab = Lab::new();
    lab.key("P");
    let made = Made::new("v1", &years_ago(1));
    let file = lab.home.file("zz.csv", made.text());
    assert_eq!(lab.overlay(&["sign", text(&file)]).code, 0);
    let signed = fs::read_to_string(&file).unwrap();
    let at = signed.find("signature,").unwrap() + 20;
    let value = |c: char| if c == 'A' { "B" } else { "A" };
    let mut cases = vec![
        (
            "an entry",
            signed
                .replace("name_official", "name_official ")
                .into_bytes(),
        ),
        (
            "a day",
            signed.replacen("2020-01-01", "2021-01-01", 1).into_bytes(),
        ),
        (
            "a name",
            signed
                .replacen("EXAMPLE list", "EXAMPLE List", 1)
                .into_bytes(),
        ),
        ("line ends", signed.replace('\n', "\r\n").into_bytes()),
        (
            "a byte order mark",
            format!("\u{feff}{signed}").into_bytes(),
        ),
        (
            "a row taken out",
            signed
                .lines()
                .take(15)
                .map(|l| format!("{l}\n"))
                .collect::<String>()
                .into_bytes(),
        ),
    ];
    let mut other = signed.clone();
    other.replace_range(at..=at, value(signed.as_bytes()[at].into()));
    cases.push(("the signature", other.into_bytes()));
    for (what, content) in cases {
        assert_ne!(content, signed.as_bytes(), "{what}");
        let bad = lab.home.file("bad.csv", content);
        for command in ["check", "add", "show"] {
            let ran = lab.overlay(&[command, text(&bad)]);
            assert_eq!(ran.code, 2, "{what}, {command}: {}{}", ran.out, ran.err);
            let told = format!("{}{}", ran.out, ran.err);
            assert!(told.contains("signature"), "{what}: {told}");
        }
        assert_eq!(lab.files(), Vec::<String>::new());
    }
    // Damaged where it lies: the list says so and ends as failed.
    assert_eq!(lab.overlay(&["add", text(&file)]).code, 0);
    fs::write(
        lab.folder().join("ZZ.csv"),
        signed.replacen("2020", "2021", 1),
    )
    .unwrap();
    let ran = lab.overlay(&["list"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("does not hold"), "{}", ran.err);
    // The good one takes its place again; the damaged one is kept.
    assert_eq!(lab.overlay(&["add", text(&file)]).code, 0);
    assert_eq!(lab.files(), ["ZZ.csv", "ZZ.v1.csv"]);
    assert_eq!(lab.overlay(&["list"]).code, 0);
    // An overlay of one country under the name of another is not taken for it.
    fs::copy(lab.folder().join("ZZ.csv"), lab.folder().join("TH.csv")).unwrap();
    let ran = lab.overlay(&["list"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err
            .contains("expected an overlay of TH, found one of ZZ"),
        "{}",
        ran.err
    );
    assert_eq!(lab.overlay(&["show", "TH"]).code, 2);
}

#[test]
fn a_signed_overlay_gives_way_to_an_unsigned_one_only_on_purpose() {
    let lab = Lab::new();
    let public = lab.key("P");
    lab.trust(&public);
    let first = Made::new("v1", &years_ago(1));
    let file = lab.home.file("zz.csv", first.text());
    assert_eq!(lab.overlay(&["sign", text(&file)]).code, 0);
    assert_eq!(lab.overlay(&["add", text(&file)]).code, 0);
    let status = || lab.home.run(&["status", "caffeine", "--country", "ZZ"]);
    assert!(status().code < 2, "{}", status().err);

    // Another version that nobody signed.
    let second = lab
        .home
        .file("zz2.csv", Made::new("v2", &years_ago(1)).text());
    let refused = lab.overlay(&["add", text(&second)]);
    assert_eq!(refused.code, 2, "{}", refused.out);
    assert!(
        refused
            .err
            .contains("is not signed, and the overlay of ZZ that is used was signed by P")
            && refused.err.contains("--allow-unsigned"),
        "{}",
        refused.err
    );

    // The one that is used, with its signature taken out and its law changed.
    let used = lab.home.path(".config/specid/overlays/ZZ.csv");
    let signed = fs::read_to_string(&used).unwrap();
    let line = signed
        .lines()
        .find(|l| l.starts_with("signature,"))
        .unwrap();
    let stripped = signed
        .replace(line, "signature,")
        .replacen("EXAMPLE", "EXAMPEL", 1);
    fs::write(&used, stripped).unwrap();
    let told = "is not signed, and was signed by P";
    assert!(
        status().code == 2 && status().err.contains(told),
        "{}",
        status().err
    );
    let listed = lab.overlay(&["list"]);
    assert!(
        listed.code == 2 && listed.err.contains(told),
        "{}",
        listed.err
    );
    let refused = lab.overlay(&["add", text(&second)]);
    assert_eq!(refused.code, 2, "{}", refused.out);
    assert_eq!(
        lab.overlay(&["add", text(&file)]).code,
        0,
        "the signed one is the way back"
    );

    let meant = lab.overlay(&["add", text(&second), "--allow-unsigned"]);
    assert_eq!(meant.code, 0, "{}", meant.err);
    assert!(
        meant.err.contains("one that is signed is replaced"),
        "{}",
        meant.err
    );
    assert!(status().code < 2, "{}", status().err);
}
