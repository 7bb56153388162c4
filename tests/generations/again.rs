//! Records that come again.

use super::common::lab::Lab;
use super::common::made::msp;
use super::common::text;

#[test]
fn what_comes_again_is_known_updated_or_a_conflict() {
    let lab = Lab::new();
    let again = lab.import("first.msp", &[]).json();
    assert_eq!(
        (&again["identical"], &again["changed"]),
        (&60.into(), &false.into())
    );
    assert_eq!(lab.info()["generation"], 1, "no change, no generation");

    // A newer state of alpha-1, another substance under the id of alpha-2, the numbers of alpha-5
    // under another name, and one that was edited here meanwhile.
    lab.run(&["edit", "alpha-6", "--set", "licence=CC0"]);
    let source = msp("Alpha", 60, 7);
    let records: Vec<&str> = source.split("\n\n").collect();
    let newer = records[1].replace("Num Peaks", "Comment: measured again\nNum Peaks");
    let other = records[2].replace("Name: Alpha-2", "Name: Omega");
    let twin = records[5]
        .replace("Name: Alpha-5", "Name: Psi")
        .replace("alpha-5", "psi-1");
    let edited = records[6].replace("Num Peaks", "Comment: x\nNum Peaks");
    let text = [newer, other, twin, edited].join("\n\n");
    lab.home.file("second.msp", text + "\n\n");
    let dry = lab.import("second.msp", &["--dry-run"]).json();
    assert_eq!(lab.info()["generation"], 2, "a dry run changes nothing");
    let ran = lab.import("second.msp", &["--max-loss", "1"]).json();
    for report in [&dry, &ran] {
        assert_eq!(
            (&report["updated"], &report["added"]),
            (&1.into(), &2.into())
        );
        let conflicts = report["conflicting"].as_array().unwrap();
        let of = |entry: &str| {
            let found = conflicts.iter().find(|c| c["entry"] == entry);
            found.unwrap_or_else(|| panic!("{conflicts:?}"))["message"]
                .as_str()
                .unwrap()
        };
        assert_eq!(conflicts.len(), 3);
        assert!(of("alpha-2~2").contains("another substance, Alpha-2"));
        assert!(of("psi-1").contains("the very numbers of entry \"alpha-5\""));
        assert!(of("alpha-6").contains("edited here"));
    }
    let entry = |id: &str| lab.run(&["show", id, "--format", "json"]).json();
    assert_eq!(
        entry("alpha-6")["provenance"]["licence"],
        "CC0",
        "an edit is not overwritten"
    );
    assert_eq!(lab.info()["generation"], 3);
    assert_eq!(lab.info()["entries"], 62);
}

#[test]
fn a_spectrum_that_is_there_with_other_metadata_is_counted_or_followed() {
    let lab = Lab::new();
    // The same records from another hand: other ids, and a licence.
    let source = msp("Alpha", 60, 7).replace("alpha-", "delivered-");
    lab.home.file("again.msp", source);
    let more = ["--set", "licence=CC BY 4.0"];
    let text = lab.run(&[&["import", text(&lab.home.path("again.msp"))], &more[..]].concat());
    assert!(
        text.out.contains("nothing is new; stays generation 1"),
        "{}",
        text.out
    );
    assert!(
        text.out.contains("... saying otherwise  60"),
        "{}",
        text.out
    );
    let told = "and 57 more: The record says something else in: id, licence.";
    assert!(text.out.contains(told), "{}", text.out);
    assert!(text.out.lines().count() < 20, "{}", text.out);
    let again = lab.import("again.msp", &more).json();
    assert_eq!(
        (&again["added"], &again["identical"]),
        (&0.into(), &0.into())
    );
    assert_eq!(again["other_metadata"].as_array().unwrap().len(), 60);

    lab.run(&["edit", "alpha-6", "--set", "licence=CC0"]);
    let more = ["--set", "licence=CC BY 4.0", "--update-metadata"];
    let ran = lab.import("again.msp", &more).json();
    let counts = ["updated", "updated_metadata", "added"].map(|name| ran[name].clone());
    assert_eq!(counts, [59, 59, 0]);
    assert_eq!(ran["conflicting"][0]["entry"], "alpha-6");
    let entry = |id: &str| lab.run(&["show", id, "--format", "json"]).json();
    assert_eq!(entry("alpha-5")["provenance"]["licence"], "CC BY 4.0");
    assert_eq!(entry("alpha-6")["provenance"]["licence"], "CC0");
    assert_eq!(lab.info()["entries"], 60);
    // What came once more is there, as it is said now.
    let ran = lab.import("again.msp", &more).json();
    assert_eq!(
        (&ran["identical"], &ran["updated"]),
        (&59.into(), &0.into())
    );
}

/// So few peaks are alike by chance, but not under one id and name, too.
#[test]
fn a_record_of_few_peaks_is_followed_under_its_own_id() {
    let lab = Lab::new();
    let few = |id: &str| {
        format!(
            "Name: Few\nDB#: few-{id}\nInstrument_type: GC-EI-Q\nNum Peaks: 3\n41 10\n58 100\n91 30\n\n"
        )
    };
    lab.home.file("few.msp", few("1"));
    assert_eq!(
        lab.import("few.msp", &["--set", "owner=A"]).json()["added"],
        1
    );
    let again = ["--set", "owner=B", "--update-metadata"];
    let ran = lab.import("few.msp", &again).json();
    let counts = ["updated", "added"].map(|name| ran[name].clone());
    assert_eq!(counts, [1, 0], "{ran}");
    lab.home.file("few.msp", few("2"));
    assert_eq!(lab.import("few.msp", &again).json()["added"], 1);
}
