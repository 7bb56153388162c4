//! Updates from laboratory to laboratory, through the binary.

mod bytes;
#[path = "../common/mod.rs"]
mod common;
mod lab;
mod members;
mod refused;
mod rotation;

use common::{raman_csv, text};
use lab::{Lab, content, curve, ids, ions, named, write};
use serde_json::json;
use std::fs;

#[test]
fn a_full_package_brings_the_same_library() {
    let (sender, receiver) = (Lab::new(), Lab::new());
    let public = sender.key("National Laboratory");
    receiver.trust(&public);
    let library = sender.home.path("reference.h5");
    let raman = raman_csv(&[(464.0, 1.0), (206.0, 0.4)], 100.0, 1500.0, 1.0, 0.0);
    let raman = sender.home.file("quartz.csv", raman);
    let example = "tests/data/examples/unknown-liquid.msp";
    let imported = sender.library(&["import", example, text(&raman), "-l", text(&library)]);
    assert_eq!(imported.code, 0, "{}", imported.err);
    let package = sender.publish(&library, None);

    let own = receiver.home.path("received.h5");
    let trial = receiver.library(&["receive", text(&package), "-l", text(&own), "--dry-run"]);
    assert!(trial.out.contains("nothing was changed"), "{}", trial.out);
    assert!(!own.exists());

    let answer = receiver.accepted(&package, &own);
    assert_eq!(answer["changes"]["added"].as_array().unwrap().len(), 2);
    assert_eq!(content(&own), content(&library));
    let list = |lab: &Lab, path| lab.library(&["list", "-l", text(path), "-f", "jsonl"]).out;
    assert_eq!(list(&receiver, &own), list(&sender, &library));
    let info = receiver.library(&["info", "-l", text(&own), "--verify", "-f", "json"]);
    let info = info.json();
    let received = &info["received"]["National Laboratory"];
    assert_eq!(
        (&received["library"], &received["generation"]),
        (&json!("reference"), &json!(1))
    );
    assert_eq!(
        (&info["name"], &info["verified"]),
        (&json!("reference"), &json!(true))
    );
    let info = receiver.library(&["info", "-l", text(&own)]).out;
    assert!(
        info.contains("generation 1 of \"reference\" by National Laboratory"),
        "{info}"
    );
    let show = receiver.library(&["show", "item-7", "-l", text(&own)]);
    assert!(
        show.out.contains("publisher  National Laboratory"),
        "{}",
        show.out
    );
}

#[test]
fn numbers_without_a_short_form_arrive_bit_by_bit() {
    let (sender, receiver) = (Lab::new(), Lab::new());
    receiver.trust(&sender.key("P"));
    let library = sender.home.path("a.h5");
    write(&library, "a", 1, vec![curve("a", 50.0), ions("b", 58.1)]);
    let own = receiver.home.path("own.h5");
    receiver.accepted(&sender.publish(&library, None), &own);
    assert_eq!(content(&own), content(&library));
}

#[test]
fn a_delta_changes_what_changed_and_own_entries_stay() {
    let (sender, receiver) = (Lab::new(), Lab::new());
    receiver.trust(&sender.key("P"));
    let (old, new) = (sender.home.path("1.h5"), sender.home.path("2.h5"));
    write(
        &old,
        "lib",
        1,
        vec![curve("a", 50.0), ions("b", 58.0), ions("c", 91.0)],
    );
    write(
        &new,
        "lib",
        2,
        vec![curve("a", 51.0), ions("d", 77.0), ions("c", 91.0)],
    );

    // The receiver has an own "a", so the publisher's is kept under another id, now and later.
    let own = receiver.home.path("own.h5");
    write(&own, "own", 5, vec![curve("a", 120.0), ions("mine", 44.0)]);
    let mine = content(&own);
    let first = receiver.accepted(&sender.publish(&old, None), &own);
    assert_eq!(first["changes"]["added"], json!(["P/a", "b", "c"]));
    assert_eq!(
        first["changes"]["renamed"],
        json!([{"published_as": "a", "id": "P/a"}])
    );
    assert_eq!(first["written"]["generation"], 6);

    let ran = sender.library(&[
        "publish",
        "-l",
        text(&new),
        "--since",
        text(&old),
        "-o",
        text(&sender.home.path("d")),
        "--reason",
        "b=wrong substance",
        "-f",
        "json",
    ]);
    let manifest = ran.json();
    assert_eq!(
        manifest["counts"],
        json!({"records": 2, "total": 3, "removed": 1})
    );
    assert_eq!(
        manifest["removed"],
        json!([{"id": "b", "reason": "wrong substance"}])
    );
    let second = receiver.accepted(&sender.home.path("d"), &own);
    let changes = &second["changes"];
    assert_eq!(changes["added"], json!(["d"]));
    assert_eq!(changes["updated"], json!(["P/a"]));
    assert_eq!(changes["removed"], json!(["b"]));
    assert_eq!(changes["unchanged"], json!(["c"]));
    assert_eq!(ids(&own), ["a", "mine", "P/a", "c", "d"]);
    assert_eq!(content(&own)[..2], mine[..]);
    assert_eq!(content(&own)[2].2, content(&new)[0].2);

    // What was received is the publisher's, and is not published again under another name.
    receiver.key("R");
    let ran = receiver.library(&[
        "publish",
        "-l",
        text(&own),
        "-o",
        text(&receiver.home.path("r")),
        "-f",
        "json",
    ]);
    assert_eq!(ran.json()["counts"]["records"], 2);
}

#[test]
fn nothing_is_published_without_a_key_or_a_change() {
    let lab = Lab::new();
    let (old, new) = (lab.home.path("1.h5"), lab.home.path("2.h5"));
    write(&old, "lib", 1, vec![ions("b", 58.0)]);
    write(&new, "lib", 2, vec![ions("b", 58.0)]);
    let out = lab.home.path("out");
    let publish = |arguments: &[&str]| {
        let ran = lab.library(&[&["publish", "-o", text(&out), "-l"], arguments].concat());
        assert_eq!(ran.code, 2);
        assert!(!out.exists());
        ran.err
    };
    assert!(publish(&[text(&new)]).contains("key new"));
    lab.key("P");
    assert!(publish(&[text(&new), "--since", text(&old)]).contains("nothing has changed"));
    assert!(publish(&[text(&old), "--since", text(&new)]).contains("older generation"));
    lab.key("Q");
    assert!(publish(&[text(&new)]).contains("--key FINGERPRINT"));
}

#[test]
fn keys_are_listed_shown_and_kept_from_others() {
    let (sender, receiver) = (Lab::new(), Lab::new());
    let public = sender.key("National Laboratory");
    let ran = receiver.library(&["key", "trust", text(&public)]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("telephone"), "{}", ran.err);
    let wrong = "0000 0000 0000 0000 0000 0000 0000 0000";
    let ran = receiver.library(&["key", "trust", text(&public), "--fingerprint", wrong]);
    assert!(ran.err.contains("do not trust it"), "{}", ran.err);
    assert_eq!(receiver.library(&["key", "list"]).code, 1);
    receiver.trust(&public);
    let list = receiver.library(&["key", "list", "-f", "json"]).json();
    assert_eq!(list[0]["trusted_by"], "T. Ester");
    assert_eq!(
        (&list[0]["state"], &list[0]["own"]),
        (&json!("valid"), &json!(false))
    );
    let shown = sender.library(&["key", "show"]).out;
    assert_eq!(shown, fs::read_to_string(&public).unwrap());
    // A name or a date that somebody altered on the way.
    for (from, to) in [
        ("National", "Rational"),
        ("created:     2", "created:     1"),
    ] {
        assert!(shown.contains(from), "{shown}");
        let changed = receiver.home.file("changed.pub", shown.replace(from, to));
        let ran = receiver.library(&["key", "trust", text(&changed)]);
        assert!(ran.err.contains("does not hold"), "{}", ran.err);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let private = public.with_extension("key");
        let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&private), 0o600);
        fs::set_permissions(&private, fs::Permissions::from_mode(0o640)).unwrap();
        let ran = sender.library(&["key", "list"]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("chmod 600"), "{}", ran.err);
    }
    let elsewhere = receiver.home.path("settings");
    let mut command = receiver.home.command();
    command.env("SPECID_CONFIG", &elsewhere);
    command.args(["library", "key", "new", "--publisher", "Elsewhere"]);
    let made = receiver.home.run_command(&mut command);
    assert!(
        named(&made.out, "public key").starts_with(&elsewhere),
        "{}",
        made.out
    );
}
