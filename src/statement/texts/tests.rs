//! All languages say the same, and sentences are found again.

use super::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Places of a message, `None` where it is not there.
fn places(bundle: &FluentBundle<FluentResource>, name: &str) -> Option<BTreeSet<String>> {
    let text = formatted(bundle, name, &FluentArgs::new())?;
    let found = text
        .split("{$")
        .skip(1)
        .filter_map(|rest| rest.split_once('}'));
    Some(found.map(|(place, _)| place.to_owned()).collect())
}

#[test]
fn every_language_has_the_same_messages_with_the_same_places() {
    let [first, others @ ..] = LANGUAGES;
    let own = bundle(first).unwrap();
    let all = names(first);
    let unlike: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(unlike.len(), all.len(), "a message stands twice");
    for other in others {
        let theirs = bundle(other).unwrap();
        let tag = other.tag;
        assert_eq!(names(other), all, "{tag}");
        for name in &all {
            let (here, there) = (places(&own, name), places(&theirs, name));
            assert!(here.is_some(), "{name}");
            assert_eq!(here, there, "{tag}: {name}");
        }
    }
}

#[test]
fn no_sentence_is_only_places() {
    for template in templates(LANGUAGES[0]).unwrap() {
        assert!(template.letters() > 0, "{}", template.message);
    }
}

/// Messages that the code names, found in the code.
#[test]
fn every_message_that_the_code_names_is_there() {
    let texts = Texts::of("en").unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/statement");
    let mut folders = vec![root];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap().flatten() {
            let path = item.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|e| e != "rs") || path.ends_with("texts/tests.rs") {
                continue;
            }
            let code = fs::read_to_string(&path).unwrap();
            for word in code.split('"').skip(1).step_by(2) {
                let family = [
                    "field-", "heading-", "column-", "table-", "figure-", "risk-", "limit-", "no-",
                    "caption-", "alt-",
                ];
                let is_name = word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
                if is_name
                    && family
                        .iter()
                        .any(|f| word.starts_with(f) && word.len() > f.len())
                    && !word.ends_with('-')
                {
                    // `no-raw-` and others are completed by a reason.
                    assert!(texts.has(word), "{}: {word}", path.display());
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 150, "{seen}");
}

#[test]
fn every_message_can_be_printed() {
    use crate::document::{Block, Document, Letterhead, Paper, Phrases};
    for language in LANGUAGES {
        let own = bundle(language).unwrap();
        let all = names(language).into_iter();
        let said = all.filter_map(|name| formatted(&own, name, &FluentArgs::new()));
        let document = Document {
            title: String::new(),
            language: language.tag.to_owned(),
            running_head: String::new(),
            foot: String::new(),
            letterhead: Letterhead::default(),
            phrases: Phrases {
                page_of: String::new(),
                figure: String::new(),
                continued: String::new(),
            },
            creator: String::new(),
            issued: String::new(),
            paper: Paper::A4,
            blocks: vec![Block::List(said.collect())],
        };
        let missing = crate::document::missing_characters(&document).unwrap();
        assert!(missing.is_empty(), "{}: {missing:?}", language.tag);
    }
}

#[test]
fn every_score_of_the_search_has_a_name_and_a_definition() {
    let texts = Texts::of("en").unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/search");
    let mut folders = vec![root];
    let mut seen = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap().flatten() {
            let path = item.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.ends_with("tests.rs") {
                continue;
            }
            let code = fs::read_to_string(&path).unwrap();
            let code = code
                .split("#[cfg(test)]\nmod tests")
                .next()
                .unwrap_or_default();
            // Scores are pairs of a name and a value.
            let pairs = code
                .split("(\"")
                .skip(1)
                .filter_map(|rest| rest.split_once("\", "));
            let is_name = |name: &&str| name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            seen.extend(
                pairs
                    .map(|(name, _)| name)
                    .filter(is_name)
                    .map(str::to_owned),
            );
        }
    }
    assert!(seen.len() > 25, "{seen:?}");
    for name in seen {
        assert!(texts.has(&format!("score-{name}")), "{name}");
        assert!(texts.has(&format!("define-{name}")), "{name}");
    }
}

fn indonesian(english: &str) -> Sentence {
    Texts::of("id").unwrap().sentence(english)
}

#[test]
fn sentences_are_said_in_the_language_with_its_numbers() {
    let said = indonesian(
        "An isomer that is not in the library would be called identified in 3.2 % (1.1 to 8.9 %) of cases.",
    );
    assert_eq!(said.language, None);
    assert_eq!(
        said.text,
        "Isomer yang tidak ada dalam pustaka akan dinyatakan teridentifikasi dalam 3,2 % (1,1 sampai 8,9 %) kasus."
    );
    // Within one another, names as they are.
    let said = indonesian("1971 Schedule III or 1988 Table I or no UN listing known");
    assert_eq!(
        said.text,
        "Daftar III Konvensi 1971 atau Tabel I Konvensi 1988 atau tidak diketahui tercantum dalam daftar PBB"
    );
    let said = indonesian("m/z 105 stronger in Fentanyl or 2.5-thing");
    assert_eq!(said.text, "m/z 105 lebih kuat pada Fentanyl or 2.5-thing");
    let said = indonesian(
        "would have changed the verdict at 12.5 % of the signal (to not-in-library); would be named as a component from 20 %",
    );
    assert_eq!(
        said.text,
        "akan mengubah putusan pada 12,5 % sinyal (menjadi tidak ada dalam pustaka); akan disebut sebagai komponen mulai 20 %"
    );
}

#[test]
fn every_change_of_the_table_is_said() {
    let table = include_str!("../../../spectra-library/changes.tsv");
    let texts = Texts::of("id").unwrap();
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    for meaning in rows.filter_map(|row| row.split('\t').nth(3)) {
        for said in [meaning.to_owned(), format!("the reverse of: {meaning}")] {
            assert_eq!(texts.sentence(&said).language, None, "{said}");
        }
    }
    let two = "a hydrogen replaced by methoxy, and the reverse of: a hydrogen replaced by phenyl";
    assert_eq!(
        texts.word(two),
        "satu hidrogen diganti metoksi, dan kebalikan dari: satu hidrogen diganti fenil"
    );
}

#[test]
fn what_speaks_of_isomers_is_said() {
    let texts = Texts::of("id").unwrap();
    for said in [
        "An isomer that neither the library nor the register knows would be called identified in 3.2 % (1.1 to 8.9 %) of cases.",
        "The library holds no reference of MMDA, which has the same formula; it is part of the set, since no comparison excludes it.",
        "The library holds no reference of A, B, which have the same formula; they are part of the set, since no comparison excludes them.",
        "The best candidate's spectrum is mostly its molecular ion (fragments: 28 %), which its isomers have, too.",
    ] {
        assert_eq!(texts.sentence(said).language, None, "{said}");
    }
}

#[test]
fn every_class_of_the_table_is_said() {
    let table = include_str!("../../../spectra-library/classes.tsv");
    let texts = Texts::of("id").unwrap();
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    for title in rows.filter_map(|row| row.split('\t').nth(2)) {
        assert_eq!(texts.sentence(title).language, None, "{title}");
    }
}

#[test]
fn what_is_not_known_stays_and_says_so() {
    let said = indonesian("The moon is made of cheese.");
    assert_eq!(said.text, "The moon is made of cheese.");
    assert_eq!(said.language.as_deref(), Some("en"));
    // A word where a number must stand.
    assert!(
        indonesian("many points have no ordinate.")
            .language
            .is_some()
    );
    let english = Texts::of("en").unwrap();
    assert_eq!(english.sentence("The moon.").language, None);
}

#[test]
fn numbers_and_days_by_the_rules_of_the_language() {
    let (en, id) = (Texts::of("en").unwrap(), Texts::of("id").unwrap());
    assert_eq!(
        (en.number(0.9876, 2), id.number(0.9876, 2)),
        ("0.99".into(), "0,99".into())
    );
    assert_eq!(id.signed(2.04, 1), "+2,0");
    assert_eq!(en.number(f64::NAN, 2), "\u{2013}");
    assert_eq!(
        en.moment("2026-11-27T09:05:00.25+07:00"),
        "27 November 2026, 09:05:00 (UTC+07:00)"
    );
    assert_eq!(
        id.moment("2026-12-01T09:05:00Z"),
        "1 Desember 2026, pukul 09.05.00 (UTC+00:00)"
    );
    assert_eq!(id.moment("2024-12-03"), "3 Desember 2024");
    assert_eq!(en.moment("some day in May"), "some day in May");
}

#[test]
fn an_unknown_language_names_those_there_are() {
    let error = Texts::of("xx").err().unwrap().to_string();
    assert!(error.contains("en, id"), "{error}");
}

#[test]
fn what_a_case_remarks_and_ions_say_of_formulas_has_a_template() {
    let texts = Texts::of("id").unwrap();
    for english in [
        "Peak at 4.172 min: Toluene; it is the internal standard, which the laboratory added, so it counts for nothing.",
        "Peak at 1.964 min: Allylbenzene or Indane; the blank has it, too, so it counts for nothing.",
        "Peak at 1.964 min: Hexane.",
        "It was made as if the library lacked MDMA, caffeine (--without), so it counts for nothing; identify without that for a case.",
        "Result 2 takes its place, so it counts for nothing.",
        "It takes the place of entry 1 of the record: the wrong laser was given.",
        "It counts for nothing: entry 1 of the record was amended by entry 2 because: the wrong laser was given.",
        "It counts for nothing: entry 2 of the record was withdrawn by entry 3 because: mixed up.",
        "The record was not at hand (lab.record is not at hand): whether this result is what it holds, and still stands, is not known.",
        "No substance is stated, so it counts for none.",
        "Neither the register nor the library knows a substance \"ecstasy class\", so it counts for none; state its InChIKey if it is one.",
        "cyclohexane as a component: 56 % of the signal, not of the weight.",
        "Targets are not looked for in runs, so nothing is said of the absence of table-i.",
        "M + 1 is 0.0 %, M + 2 0.0 % of M: less than one carbon atom gives, so such weak ions were cut off or not measured, and nothing is said of chlorine and bromine.",
        "M + 1 is 8.3 %, M + 2 65.0 % of M: 2 chlorine and no bromine in this ion.",
        "M + 1 is 8.3 %, M + 2 4.0 % of M: no chlorine and no bromine in this ion; one sulfur atom would explain it.",
        "M + 1 is 8.3 %, M + 2 0.0 % of M: no chlorine and no bromine in this ion; nothing speaks for sulfur.",
        "As [M+H]+, the molecule has the nominal mass 193 and an odd number of nitrogen atoms.",
        "If m/z 134 is the molecular ion, the molecule has an even number of nitrogen atoms.",
        "The molecular ion is not seen and m/z 134 has lost 44 (C2H6N, CO2 or C2H4O): so in 3 %.",
    ] {
        let said = texts.sentence(english);
        assert_eq!(said.language, None, "{english}");
        assert_ne!(said.text, english);
    }
}
