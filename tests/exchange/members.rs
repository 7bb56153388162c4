//! Zip files that are not what a package is.

use crate::common::text;
use crate::lab::altered;
use crate::refused::{replaced, scene};
use specid::exchange::{Limits, MANIFEST, Members, RECORDS, SIGNATURE};
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A zip file of the package's members and what `more` adds.
fn zipped(package: &Path, more: impl FnOnce(&mut ZipWriter<Cursor<Vec<u8>>>)) -> Vec<u8> {
    let members = Members::unpack(&fs::read(package).unwrap(), &Limits::default()).unwrap();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [
        (MANIFEST, members.manifest),
        (SIGNATURE, members.signature),
        (RECORDS, members.records),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    more(&mut zip);
    zip.finish().unwrap().into_inner()
}

#[test]
fn members_that_do_not_belong_there() {
    let scene = scene();
    let options = SimpleFileOptions::default();
    let with = |name: &str| {
        zipped(&scene.package, |zip| {
            zip.start_file(name, options).unwrap();
            zip.write_all(b"x").unwrap();
        })
    };
    scene.refused(
        &scene.bytes(&with("readme.txt")),
        "unknown-member",
        "readme.txt",
    );
    let kept = ["extra", "xxxxx/evil", "xxxx/evil"];
    let paths: [&[u8]; 3] = [b"../ev", b"../../evil", b"/tmp/evil"];
    for (name, path) in kept.into_iter().zip(paths) {
        // The library would clean such a name when writing.
        let mut bytes = with(name);
        assert_eq!(replaced(&mut bytes, name.as_bytes(), path), 2);
        scene.refused(
            &scene.bytes(&bytes),
            "unsafe-member",
            "a path to somewhere else",
        );
    }
    let mut twice = with("records.jsonm");
    assert_eq!(replaced(&mut twice, b"records.jsonm", b"records.jsonl"), 2);
    scene.refused(&scene.bytes(&twice), "duplicate-member", "more than once");
    let folder = zipped(&scene.package, |zip| {
        zip.add_directory("folder", options).unwrap()
    });
    scene.refused(&scene.bytes(&folder), "unsafe-member", "a folder");
    let link = zipped(&scene.package, |zip| {
        zip.add_symlink("records", "/etc/passwd", options).unwrap();
    });
    scene.refused(&scene.bytes(&link), "unsafe-member", "a link");
    // The flag for encryption, in the directory's first entry.
    let mut locked = fs::read(&scene.package).unwrap();
    let at = (0..locked.len())
        .find(|at| locked[*at..].starts_with(b"PK\x01\x02"))
        .unwrap();
    locked[at + 8] |= 1;
    scene.refused(&scene.bytes(&locked), "unsafe-member", "encrypted");
}

#[test]
fn what_is_too_large() {
    let scene = scene();
    let bomb = altered(&scene.package, |members| {
        members.records = vec![b'\n'; 200 << 20]
    });
    assert!(fs::metadata(&bomb).unwrap().len() < 1 << 20);
    scene.refused(&bomb, "too-large", "times its packed size");
    let limited = |argument: &str, value: &str| {
        let (package, own) = (text(&scene.package), text(&scene.own));
        let ran = scene
            .receiver
            .library(&["receive", package, "-l", own, argument, value]);
        assert_eq!(ran.code, 2);
        ran.err
    };
    assert!(limited("--max-file-size", "1k").contains("too large: bytes"));
    assert!(limited("--max-points", "299").contains("points in one record 300, of at most 299"));
    assert!(limited("--max-spectra", "1").contains("records 2, of at most 1"));
    // A member that says it is smaller than it is.
    let mut liar = fs::read(&scene.package).unwrap();
    let at = (0..liar.len())
        .rfind(|at| liar[*at..].starts_with(b"PK\x01\x02"))
        .unwrap();
    liar[at + 24..at + 28].copy_from_slice(&100_u32.to_le_bytes());
    scene.refused(&scene.bytes(&liar), "damaged", "records.jsonl");
}
