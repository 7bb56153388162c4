//! What names stand for, and that nothing a file does ends the run.

use super::{Desk, known, results, said, unknown};
use crate::common::text;
use std::fs;
use std::io::Write;

#[test]
fn files_become_rows_whatever_they_are() {
    let desk = Desk::empty();
    desk.put("a-good.msp", known());
    desk.put("b-empty.msp", "");
    desk.put("c-noise.bin", [0x9f_u8; 300]);
    desk.put("d-large.msp", unknown("large", 1).repeat(400));
    desk.put("deep/er/e-unknown.msp", unknown("bleed", 1));
    desk.put(".hidden.msp", known());
    desk.put("f-cut.msp", "Name: x\nNum Peaks: 5\n41 10\n");
    #[cfg(unix)]
    {
        let folder = desk.home.path("in");
        std::os::unix::fs::symlink("nowhere.msp", folder.join("g-dangling.msp")).unwrap();
        std::os::unix::fs::symlink(".", folder.join("h-loop")).unwrap();
        let pipe = folder.join("i-pipe.msp");
        let made = std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap();
        assert!(made.success());
    }
    let ran = desk.screen(&["--max-file-size", "20k"]);
    assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
    let said = desk.said();
    let told: Vec<(&str, &str)> = said.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let mut expected = vec![
        ("a-good.msp", "identified"),
        ("b-empty.msp", "empty"),
        ("c-noise.bin", "unknown-format"),
        ("d-large.msp", "limit"),
        ("e-unknown.msp", "not-in-library"),
        ("f-cut.msp", "truncated"),
    ];
    if cfg!(unix) {
        expected.extend([("g-dangling.msp", "io"), ("i-pipe.msp", "io")]);
    }
    // Sorted by path: the folder "deep" stands between d and f.
    assert_eq!(told, expected);
    assert!(ran.out.contains("could not be used"), "{}", ran.out);
}

#[test]
fn archives_patterns_lists_and_standard_input_are_read() {
    let desk = Desk::empty();
    let plain = desk.put("one.msp", known());
    desk.put("two.msp", unknown("bleed", 1));
    desk.put("three.txt", "no spectrum");
    let zip = desk.home.path("all.zip");
    let mut archive = zip::ZipWriter::new(fs::File::create(&zip).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    for (name, content) in [
        ("x/good.msp", known()),
        ("x/bad.msp", b"Name: y\n".to_vec()),
    ] {
        archive.start_file(name, options).unwrap();
        archive.write_all(&content).unwrap();
    }
    archive.finish().unwrap();

    let pattern = format!("{}/*.msp", text(&desk.home.path("in")));
    let ran = desk.screen_names(&[&pattern, text(&zip)], &[]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    let told: Vec<String> = desk.said().into_iter().map(|(name, _)| name).collect();
    assert_eq!(told, ["bad.msp", "good.msp", "one.msp", "two.msp"]);

    // The same file under two names is one file.
    let list = desk
        .home
        .file("list.txt", format!("{0}\n\n{0}\n", text(&plain)));
    let out = desk.home.path("listed");
    let more = ["--files-from", text(&list), "--out", text(&out)];
    let ran = desk.screen_names(&[text(&plain)], &more);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(results(&out).len(), 1);

    // Names need not be in UTF-8, and one that is not ends nothing.
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        let odd = std::ffi::OsStr::from_bytes(b"caf\xe9.msp");
        fs::write(desk.home.path("in").join(odd), known()).unwrap();
        let mut list = desk
            .home
            .path("in")
            .join(odd)
            .as_os_str()
            .as_bytes()
            .to_vec();
        list.extend(format!("\n{}\n", text(&plain)).bytes());
        let list = desk.home.file("odd.txt", list);
        let out = desk.home.path("odd");
        let mut command = desk.home.command();
        let arguments = [
            "screen",
            "--library",
            "starter",
            "--out",
            text(&out),
            "--files-from",
        ];
        let ran = desk
            .home
            .run_command(command.args(arguments).arg(text(&list)));
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(results(&out).len(), 2);
    }

    let out = desk.home.path("stdin");
    let mut command = desk.home.command();
    command.args(["screen", "-", "--library", "starter", "--out", text(&out)]);
    let ran = desk.home.run_command(command.write_stdin(known()));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        said(&results(&out)[0]),
        ("-".to_owned(), "identified".to_owned())
    );
}

#[test]
fn a_name_that_stands_for_nothing_makes_no_run() {
    let desk = Desk::empty();
    desk.put("a.msp", known());
    let typo = desk.home.path("inn");
    let folder = desk.home.path("in");
    for names in [vec![text(&typo)], vec![text(&folder), text(&typo)]] {
        let ran = desk.screen_names(&names, &[]);
        assert_eq!(ran.code, 2, "{}", ran.out);
        let told = format!("there is no file or folder {}", text(&typo));
        assert!(ran.err.contains(&told), "{}", ran.err);
        assert!(!desk.home.path("out").exists());
    }
    // Nor does it leave a trace in a run that is there.
    assert_eq!(desk.screen(&[]).code, 0);
    assert_eq!(desk.screen_names(&[text(&typo)], &[]).code, 2);
    assert_eq!(desk.screen(&[]).code, 0);
    assert_eq!(desk.results().len(), 1);
}

#[test]
fn a_case_manifest_among_the_spectra_is_told_and_is_no_spectrum() {
    let desk = Desk::empty();
    desk.put("a.msp", known());
    let table = desk.put("manifest.csv", "file,case,sample\na.msp,C-1,S-1\n");
    desk.put("table.txt", "file;case\na.msp;C-1\n");
    let ran = desk.screen(&[]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert_eq!(desk.said(), [("a.msp".to_owned(), "identified".to_owned())]);
    let told = format!("--manifest {}", text(&table));
    assert!(
        ran.err.contains("looks like a case manifest") && ran.err.contains(&told),
        "{}",
        ran.err
    );
    // The one that is given is not told of, another is.
    let ran = desk.screen(&["--manifest", text(&table)]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(!ran.err.contains(&told), "{}", ran.err);
    assert!(
        ran.err.contains("table.txt looks like a case manifest"),
        "{}",
        ran.err
    );
    assert_eq!(desk.results()[0]["sample"]["label"], "S-1");
    // A table of figures is still a spectrum, or a file that cannot be used.
    desk.put("b.csv", "400.5,1.25\n401.5,x\n");
    assert_eq!(desk.screen(&[]).code, 2);
    assert_eq!(desk.results().len(), 2);
}

#[test]
fn techniques_that_nobody_asked_for_are_no_fault() {
    let desk = Desk::empty();
    desk.put("a.msp", known());
    let ran = desk.screen(&["--techniques", "raman"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(desk.results()[0]["sample"]["verdict"], "left-out");
    assert!(
        ran.out
            .contains("1 spectra of other techniques were left out"),
        "{}",
        ran.out
    );
}

#[test]
fn the_run_does_not_screen_itself() {
    let desk = Desk::empty();
    desk.put("a.msp", known());
    let out = desk.home.path("in/out");
    for _ in 0..2 {
        let ran = desk.screen(&["--out", text(&out)]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(results(&out).len(), 1);
    }
}

#[test]
fn what_is_wrong_with_the_command_is_told_before_anything_is_made() {
    let desk = Desk::empty();
    desk.put("a.msp", known());
    let policy = desk.home.file("policy.toml", "axis-limit = \"wide\"");
    for (more, part) in [
        (
            ["--alert", "unobtainium"],
            "--alert: neither the register of substances nor the library knows \"unobtainium\"; give",
        ),
        (
            ["--require", "colour"],
            "a manifest has no field \"colour\"",
        ),
        (["--library", "nowhere.h5"], "nowhere.h5"),
        (["--library", "xrd=a.h5"], "xrd is no technique"),
        (["--max-false-rate", "5"], "from 0 to 1"),
        (["--policy", text(&policy)], "axis-limit"),
        (
            ["--alert=piperonal", "--top=2"],
            "--alert-rank 3 looks at more",
        ),
    ] {
        let ran = desk.screen(&more);
        assert_eq!(ran.code, 2, "{more:?}");
        assert!(ran.err.contains(part), "{more:?}: {}", ran.err);
        assert!(!desk.home.path("out").exists(), "{more:?}");
    }
}

#[test]
fn a_policy_says_what_flags_say_and_is_shown() {
    let desk = Desk::empty();
    desk.put("a.msp", known());
    let policy = desk.home.file(
        "policy.toml",
        "library = \"starter\"\ntop = 3\nalert = [\"1-phenyl-2-propanone\"]\ntechniques = [\"ei-ms\"]\n",
    );
    let folder = desk.home.path("in");
    let out = desk.home.path("out");
    let ran = desk.home.run(&[
        "screen",
        text(&folder),
        "--out",
        text(&out),
        "--policy",
        text(&policy),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let result = &desk.results()[0];
    assert_eq!(result["candidates"].as_array().unwrap().len(), 3);
    assert_eq!(result["sample"]["second_look"][0], "alert");
    let page = fs::read_to_string(out.join("summary.html")).unwrap();
    assert!(page.contains("[\"alert\",\"1-phenyl-2-propanone\"]"));
    assert!(page.contains("[\"top\",\"3\"]"));
}
