//! Twenty problems planted into real data, at victims that a fixed seed chooses.

use super::common::{Home, shared_data, text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

/// Which victims are chosen. Another seed is tried with `SPECID_CHECK_SEED`.
const SEED: u64 = 20_261_126;
/// Share of planted problems that must be found, of 20.
const FOUND: usize = 18;

/// Numbers that look random (splitmix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let a = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let b = (a ^ (a >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        b ^ (b >> 31)
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[(self.next() % from.len() as u64) as usize].clone()
    }

    fn shuffled<T>(&mut self, mut list: Vec<T>) -> Vec<T> {
        for i in (1..list.len()).rev() {
            list.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
        list
    }
}

/// A record of an MSP file.
#[derive(Clone)]
struct Ei {
    fields: Vec<(String, String)>,
    peaks: Vec<(f64, f64)>,
}

impl Ei {
    fn read(path: &Path) -> Vec<Self> {
        let mut records: Vec<Self> = Vec::new();
        for line in fs::read_to_string(path).unwrap().lines() {
            match line.split_once(": ") {
                Some(("Name", name)) => records.push(Self {
                    fields: vec![("Name".into(), name.into())],
                    peaks: Vec::new(),
                }),
                Some(("Num Peaks", _)) => {}
                Some((key, value)) => records
                    .last_mut()
                    .unwrap()
                    .fields
                    .push((key.into(), value.into())),
                None => {
                    let mut numbers = line.split_whitespace().map(|n| n.parse::<f64>());
                    if let (Some(Ok(mz)), Some(Ok(y))) = (numbers.next(), numbers.next()) {
                        records.last_mut().unwrap().peaks.push((mz, y));
                    }
                }
            }
        }
        records
    }

    fn get(&self, key: &str) -> &str {
        self.fields
            .iter()
            .find(|(k, _)| k == key)
            .map_or("", |(_, v)| v)
    }

    fn set(&mut self, key: &str, value: &str) {
        match self.fields.iter_mut().find(|(k, _)| k == key) {
            Some(field) => field.1 = value.to_owned(),
            None => self.fields.push((key.to_owned(), value.to_owned())),
        }
    }

    fn skeleton(&self) -> String {
        self.get("InChIKey").chars().take(14).collect()
    }

    /// Takes who it is from another record.
    fn become_other(&mut self, other: &Self) {
        const WHO: [&str; 5] = ["Name", "Synon", "InChIKey", "Formula", "CASNO"];
        self.fields.retain(|(k, _)| !WHO.contains(&k.as_str()));
        let who = other
            .fields
            .iter()
            .filter(|(k, _)| WHO.contains(&k.as_str()));
        self.fields.splice(0..0, who.cloned());
    }

    fn write(&self) -> String {
        let fields: String = self
            .fields
            .iter()
            .map(|(k, v)| format!("{k}: {v}\n"))
            .collect();
        let peaks: String = self
            .peaks
            .iter()
            .map(|(mz, y)| format!("{mz} {y}\n"))
            .collect();
        format!("{fields}Num Peaks: {}\n{peaks}\n", self.peaks.len())
    }
}

/// A JCAMP-DX file of `(XY..XY)` points.
#[derive(Clone)]
struct Curve {
    labels: Vec<(String, String)>,
    points: Vec<(f64, f64)>,
}

impl Curve {
    fn read(path: &Path) -> Self {
        let mut curve = Self {
            labels: Vec::new(),
            points: Vec::new(),
        };
        for line in fs::read_to_string(path).unwrap().lines() {
            if let Some((label, value)) = line.strip_prefix("##").and_then(|l| l.split_once('=')) {
                curve
                    .labels
                    .push((label.trim().into(), value.trim().into()));
            } else if let Some((x, y)) = line.split_once(',')
                && let (Ok(x), Ok(y)) = (x.trim().parse(), y.trim().parse())
            {
                curve.points.push((x, y));
            }
        }
        curve
    }

    fn get(&self, label: &str) -> &str {
        self.labels
            .iter()
            .find(|(k, _)| k == label)
            .map_or("", |(_, v)| v)
    }

    fn id(&self) -> String {
        self.get("$ID").to_owned()
    }

    fn become_other(&mut self, other: &Self) {
        const WHO: [&str; 3] = ["TITLE", "CAS REGISTRY NO", "$INCHIKEY"];
        self.labels.retain(|(k, _)| !WHO.contains(&k.as_str()));
        let who = other
            .labels
            .iter()
            .filter(|(k, _)| WHO.contains(&k.as_str()));
        self.labels.splice(0..0, who.cloned());
    }

    fn write(&self) -> String {
        const OF_AXIS: [&str; 6] = ["FIRSTX", "LASTX", "NPOINTS", "END", "XYPOINTS", "FIRSTY"];
        let labels = self
            .labels
            .iter()
            .filter(|(k, _)| !OF_AXIS.contains(&k.as_str()));
        let labels: String = labels.map(|(k, v)| format!("##{k}= {v}\n")).collect();
        let points: String = self
            .points
            .iter()
            .map(|(x, y)| format!("{x}, {y}\n"))
            .collect();
        let (first, last) = (self.points[0].0, self.points[self.points.len() - 1].0);
        format!(
            "{labels}##FIRSTX= {first}\n##LASTX= {last}\n##NPOINTS= {}\n##XYPOINTS= (XY..XY)\n{points}##END=\n",
            self.points.len()
        )
    }
}

/// A planted problem: what it is, and the entries that it concerns.
type Planted = Vec<(&'static str, Vec<String>)>;

/// Real EI records: a few hundred of SWGDRUG, with what another laboratory measured of the same substances.
fn mass_spectra(data: &Path, dice: &mut Dice) -> Vec<Ei> {
    let swgdrug = Ei::read(&data.join("ei-ms/swgdrug-3.9.msp"));
    let others = Ei::read(&data.join("ei-ms/queries-cross-lab.msp"));
    let measured_again: BTreeSet<String> = others.iter().map(Ei::skeleton).collect();
    let (twice, once): (Vec<Ei>, Vec<Ei>) = swgdrug
        .into_iter()
        .partition(|r| measured_again.contains(&r.skeleton()));
    let mut all = twice;
    // Parents of derivatives and labelled analogues among them.
    all.extend(dice.shuffled(once).into_iter().take(420));
    all.extend(others);
    all
}

fn plant_mass_spectra(all: &mut Vec<Ei>, swgdrug: &[Ei], dice: &mut Dice, planted: &mut Planted) {
    let mut count: HashMap<String, usize> = HashMap::new();
    for record in all.iter() {
        *count.entry(record.skeleton()).or_default() += 1;
    }
    let mut free: Vec<usize> = dice.shuffled((0..all.len()).collect());
    let mut take = |all: &[Ei], of: &dyn Fn(&Ei) -> bool| -> usize {
        let at = free.iter().position(|i| of(&all[*i])).unwrap();
        free.remove(at)
    };
    let several = |r: &Ei| count[&r.skeleton()] > 1 && r.peaks.len() > 15;
    let alone = |r: &Ei| count[&r.skeleton()] == 1 && r.peaks.len() > 15;
    let id = |r: &Ei| r.get("ID").to_owned();

    let (a, b) = (take(all, &several), take(all, &several));
    let other = all[b].clone();
    all[a].become_other(&other);
    planted.push(("wrong name", vec![id(&all[a])]));

    for what in ["swapped pair", "swapped pair without other entries"] {
        let with: &dyn Fn(&Ei) -> bool = if what.ends_with("pair") {
            &several
        } else {
            &alone
        };
        let (a, b) = (take(all, with), take(all, with));
        let (one, two) = (all[a].clone(), all[b].clone());
        all[a].become_other(&two);
        all[b].become_other(&one);
        planted.push((what, vec![id(&one), id(&two)]));
    }

    // Copies of entries under the names of substances that are not in the library.
    let present: BTreeSet<String> = all.iter().map(Ei::skeleton).collect();
    let absent: Vec<&Ei> = swgdrug
        .iter()
        .filter(|r| !present.contains(&r.skeleton()))
        .collect();
    for (what, scale, threshold) in [
        ("copy under another name", 1.0, 0.0),
        ("rescaled copy under another name", 0.1001, 1.0),
    ] {
        let mut copy = all[take(all, &several)].clone();
        let original = id(&copy);
        copy.become_other(dice.pick(&absent));
        copy.set("ID", &format!("{original}-copy"));
        let top = copy.peaks.iter().map(|p| p.1).fold(0.0, f64::max);
        for peak in &mut copy.peaks {
            let percent = 999.0 / top * peak.1 * scale;
            peak.1 = (percent * 10.0).round() / 10.0;
        }
        copy.peaks.retain(|p| p.1 > threshold);
        planted.push((what, vec![id(&copy), original]));
        all.push(copy);
    }

    for (what, shift) in [("m/z one too high", 1.0), ("m/z one too low", -1.0)] {
        let a = take(all, &several);
        all[a].peaks.iter_mut().for_each(|p| p.0 += shift);
        planted.push((what, vec![id(&all[a])]));
    }

    // Labelled analogues and derivatives whose parent's record exists.
    let by_name: HashMap<String, &Ei> = swgdrug
        .iter()
        .map(|r| (r.get("Name").to_lowercase(), r))
        .collect();
    let by_skeleton = |r: &Ei| {
        swgdrug
            .iter()
            .find(|o| o.skeleton() == r.skeleton() && !o.get("Formula").contains('D'))
    };
    let labelled: Vec<(&Ei, &Ei)> = swgdrug
        .iter()
        .filter(|r| r.get("Formula").contains('D') && r.get("Name").contains("-d"))
        .filter_map(|r| Some((r, by_skeleton(r)?)))
        .collect();
    let derived = |word: &str| -> Vec<(&Ei, &Ei)> {
        let named = swgdrug.iter().filter(|r| r.get("Name").contains(word));
        named
            .filter_map(|r| {
                let parent = r
                    .get("Name")
                    .split(word)
                    .next()?
                    .trim_matches([' ', '-'])
                    .to_lowercase();
                Some((r, *by_name.get(&parent)?))
            })
            .collect()
    };
    for (what, from) in [
        ("labelled analogue under the parent's name", labelled),
        ("TMS derivative under the parent's name", derived("TMS")),
        ("TFA derivative under the parent's name", derived("TFA")),
    ] {
        let (spectrum, parent) = dice.pick(&from);
        let mut wrong = spectrum.clone();
        wrong.become_other(parent);
        wrong.set("ID", &format!("{}-planted", id(spectrum)));
        all.retain(|r| r.get("ID") != spectrum.get("ID"));
        planted.push((what, vec![id(&wrong)]));
        all.push(wrong);
        // The parent itself is in the library, as it would be.
        if all.iter().all(|r| r.get("ID") != parent.get("ID")) {
            all.push(parent.clone());
        }
    }

    // Positions have changed.
    let touched: BTreeSet<String> = planted.iter().flat_map(|p| p.1.clone()).collect();
    let mut free: Vec<usize> = dice.shuffled(
        (0..all.len())
            .filter(|i| !touched.contains(&id(&all[*i])))
            .collect(),
    );
    let mut take = |of: &dyn Fn(&Ei) -> bool, all: &[Ei]| -> usize {
        let at = free.iter().position(|i| of(&all[*i])).unwrap();
        free.remove(at)
    };
    let a = take(
        &|r| r.get("Formula").contains('N') && !r.get("Name").contains(' '),
        all,
    );
    let salt = format!("{} hydrochloride", all[a].get("Name"));
    all[a].set("Name", &salt);
    planted.push(("salt's name, base's formula", vec![id(&all[a])]));

    let a = take(&|r| r.get("CASNO").len() > 6, all);
    let mut cas: Vec<u8> = all[a].get("CASNO").bytes().collect();
    cas[1] = b'0' + (cas[1] - b'0' + 1 + (dice.next() % 8) as u8) % 10;
    all[a].set("CASNO", &String::from_utf8(cas).unwrap());
    planted.push(("wrong CAS digit", vec![id(&all[a])]));

    // A count of the formula mistyped by one or two.
    let a = take(
        &|r| r.get("Formula").starts_with('C') && r.get("Formula").len() > 6,
        all,
    );
    let formula = all[a].get("Formula").to_owned();
    let at = dice.pick(
        &formula
            .char_indices()
            .filter(|(_, c)| c.is_ascii_digit())
            .map(|(i, _)| i)
            .collect::<Vec<_>>(),
    );
    let digit = formula.as_bytes()[at] - b'0';
    let wrong = match (digit + 1 + (dice.next() % 2) as u8) % 10 {
        0 => 1,
        n => n,
    };
    all[a].set(
        "Formula",
        &format!("{}{wrong}{}", &formula[..at], &formula[at + 1..]),
    );
    planted.push(("wrong formula", vec![id(&all[a])]));

    let (a, b) = (take(&several, all), take(&several, all));
    let key = all[b].get("InChIKey").to_owned();
    all[a].set("InChIKey", &key);
    planted.push(("wrong InChIKey", vec![id(&all[a])]));

    // Cut off where eight peaks still are.
    let a = take(&|r| r.peaks.len() > 60, all);
    let mut sorted: Vec<f64> = all[a].peaks.iter().map(|p| p.1).collect();
    sorted.sort_by(f64::total_cmp);
    let limit = sorted[sorted.len() - 8];
    all[a].peaks.iter_mut().for_each(|p| p.1 = p.1.min(limit));
    planted.push(("saturated", vec![id(&all[a])]));
}

/// Real Raman and infrared records, with what other instruments measured of the same substances.
fn curves(data: &Path, dice: &mut Dice) -> Vec<Curve> {
    let read = |folder: &str| -> BTreeMap<String, Curve> {
        let mut files: Vec<_> = fs::read_dir(data.join(folder))
            .unwrap()
            .flatten()
            .map(|f| f.path())
            .collect();
        files.sort();
        files
            .iter()
            .filter(|f| f.extension().is_some_and(|e| e == "jdx"))
            .map(|f| Curve::read(f))
            .map(|c| (c.id(), c))
            .collect()
    };
    let library = read("raman/library");
    let queries = read("raman/queries");
    let truth = fs::read_to_string(data.join("raman/truth.tsv")).unwrap();
    let mut all = Vec::new();
    let mut used = BTreeSet::new();
    for line in truth.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let (Some(query), Some(own)) = (queries.get(columns[0]), library.get(columns[2])) else {
            continue;
        };
        let mut query = query.clone();
        query.become_other(own);
        all.push(query);
        if used.insert(own.id()) {
            all.push(own.clone());
        }
    }
    let rest: Vec<Curve> = library
        .into_values()
        .filter(|c| !used.contains(&c.id()))
        .collect();
    all.extend(dice.shuffled(rest).into_iter().take(150));
    all.extend(read("ir/library").into_values());
    all
}

fn plant_curves(
    all: &mut [Curve],
    flagged: &BTreeSet<String>,
    dice: &mut Dice,
    planted: &mut Planted,
) {
    let mut count: HashMap<String, usize> = HashMap::new();
    for curve in all.iter() {
        *count.entry(curve.get("TITLE").to_lowercase()).or_default() += 1;
    }
    let raman = |c: &Curve| {
        c.get("DATA TYPE").contains("RAMAN") && c.points.len() > 300 && !flagged.contains(&c.id())
    };
    let wide = |c: &Curve| (c.points[0].0 - c.points[c.points.len() - 1].0).abs() > 900.0;
    let several = |c: &Curve| raman(c) && wide(c) && count[&c.get("TITLE").to_lowercase()] > 1;
    let mut free: Vec<usize> = dice.shuffled((0..all.len()).collect());
    let mut take = |all: &[Curve], of: &dyn Fn(&Curve) -> bool| -> usize {
        let at = free.iter().position(|i| of(&all[*i])).unwrap();
        free.remove(at)
    };

    let a = take(all, &several);
    all[a].points.iter_mut().for_each(|p| p.0 += 12.0);
    planted.push(("Raman axis 12 cm-1 too high", vec![all[a].id()]));

    let (a, b) = (take(all, &several), take(all, &|c| raman(c) && wide(c)));
    let named = all[a].clone();
    all[b].become_other(&named);
    planted.push(("wrong name of a Raman spectrum", vec![all[b].id()]));

    let a = take(all, &|c| raman(c) && wide(c));
    all[a]
        .points
        .iter_mut()
        .for_each(|p| p.0 = 1e7 / (1e7 / 785.0 - p.0));
    planted.push(("wavelengths called Raman shift", vec![all[a].id()]));

    let a = take(all, &raman);
    let mut sorted: Vec<f64> = all[a].points.iter().map(|p| p.1).collect();
    sorted.sort_by(f64::total_cmp);
    let range = sorted[sorted.len() - 1] - sorted[sorted.len() / 2];
    all[a]
        .points
        .iter_mut()
        .for_each(|p| p.1 = 0.1 * p.1 + range * (dice.unit() - 0.5));
    planted.push(("noise", vec![all[a].id()]));

    let a = take(all, &|c: &Curve| {
        let unit = c.get("YUNITS");
        c.get("DATA TYPE").contains("INFRARED")
            && unit == "TRANSMITTANCE"
            && !flagged.contains(&c.id())
    });
    for label in &mut all[a].labels {
        if label.0 == "YUNITS" {
            label.1 = "ABSORBANCE".into();
        }
    }
    planted.push(("transmittance called absorbance", vec![all[a].id()]));
}

/// Findings of a library made of these files at warning and above: (entry, other, text).
fn findings(home: &Home, name: &str, files: &[String]) -> (usize, Vec<(String, String, String)>) {
    let library = home.path(&format!("{name}.h5"));
    let mut import = vec!["library", "import", "--suspect", "search"];
    import.extend(["--library", text(&library)]);
    import.extend(files.iter().map(String::as_str));
    let made = home.run(&import);
    assert_ne!(made.code, 2, "{}", made.err);
    let ran = home.run(&[
        "library",
        "check",
        "--library",
        text(&library),
        "--format",
        "json",
    ]);
    let report = ran.json();
    let word = |f: &Value, key: &str| f[key].as_str().unwrap_or("").to_owned();
    let found = report["findings"].as_array().unwrap().iter();
    let found = found.map(|f| {
        (
            word(f, "entry"),
            word(f, "other"),
            format!(
                "{} {}: {}",
                word(f, "severity"),
                word(f, "check"),
                word(f, "message")
            ),
        )
    });
    (
        report["checked"].as_u64().unwrap() as usize,
        found.collect(),
    )
}

fn files(home: &Home, name: &str, ei: &[Ei], curves: &[Curve]) -> Vec<String> {
    let msp: String = ei.iter().map(Ei::write).collect();
    let mut files = vec![text(&home.file(&format!("{name}.msp"), msp)).to_owned()];
    for (i, curve) in curves.iter().enumerate() {
        files.push(text(&home.file(&format!("{name}-{i}.jdx"), curve.write())).to_owned());
    }
    files
}

#[test]
fn planted_problems_are_found_and_clean_entries_left_alone() {
    let Some(data) = shared_data() else {
        return;
    };
    let seed = std::env::var("SPECID_CHECK_SEED")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(SEED);
    let mut dice = Dice(seed);
    let home = Home::new();
    let mut ei = mass_spectra(&data, &mut dice);
    let mut curves = curves(&data, &mut dice);
    let (entries, clean) = findings(&home, "clean", &files(&home, "clean", &ei, &curves));
    let before: BTreeSet<String> = clean.iter().map(|f| f.0.clone()).collect();

    let swgdrug = Ei::read(&data.join("ei-ms/swgdrug-3.9.msp"));
    let mut planted = Planted::new();
    plant_mass_spectra(&mut ei, &swgdrug, &mut dice, &mut planted);
    plant_curves(&mut curves, &before, &mut dice, &mut planted);
    assert_eq!(planted.len(), 20);
    let (_, found) = findings(&home, "planted", &files(&home, "planted", &ei, &curves));

    let mut hits = 0;
    for (what, ids) in &planted {
        // The entry itself, or one that says which entry it disagrees with.
        let own: Vec<_> = found
            .iter()
            .filter(|f| ids.contains(&f.0) || ids.contains(&f.1))
            .collect();
        let new: Vec<_> = own.iter().filter(|f| !clean.contains(f)).collect();
        hits += usize::from(!new.is_empty());
        eprintln!("{what} {ids:?}: {}", new.first().map_or("MISSED", |f| &f.2));
    }
    let touched: BTreeSet<&String> = planted.iter().flat_map(|p| &p.1).collect();
    let by_chance: BTreeSet<&String> = found
        .iter()
        .filter(|f| !touched.contains(&f.0) && !touched.contains(&f.1) && !before.contains(&f.0))
        .map(|f| &f.0)
        .collect();
    eprintln!(
        "seed {seed}: {hits} of {} found; {entries} entries, {} flagged before planting, {} clean ones after: {by_chance:?}",
        planted.len(),
        before.len(),
        by_chance.len()
    );
    for f in &clean {
        eprintln!("  unplanted {} {} {}", f.0, f.1, f.2);
    }
    assert!(hits >= FOUND, "{hits} of {} found", planted.len());
    assert!(100 * by_chance.len() <= entries, "{by_chance:?}");
    // What is flagged in the data as they are is nearly all wrong in them.
    assert!(
        100 * before.len() <= 3 * entries,
        "{} of {entries}",
        before.len()
    );
}
