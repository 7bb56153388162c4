//! Series for the ASEAN Drug Monitoring Report: substances, units and places of half a year.

use super::claim::Claim;
use super::group::Group;
use super::names::Names;
use super::sift::{Claimed, Sifted};
use super::table::{Export, Heading, Table, Value, quantity, text, whole};
use super::{Desk, Period, about, listing};
use crate::cases::{CaseSample, Cases, Unit};
use crate::substance::{Instrument, On};
use std::collections::{BTreeMap, HashMap};

const FIELDS: &[Heading] = &[
    whole("row"),
    text("country"),
    text("half_year"),
    text("drug_or_precursor_group"),
    text("substance"),
    whole("seizures_count"),
    quantity("quantity"),
    text("unit"),
    text("place"),
    text("un_status"),
    text("national_status"),
    text("nps_flag"),
    text("first_detection_flag"),
    text("source_lab"),
    text("confidence"),
    text("remarks"),
];

/// What is said where no national list is loaded.
const NO_NATIONAL: &str = "national status not loaded";

/// What the samples of one row have in common. Rows stand in this order.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    country: Option<String>,
    group: Option<String>,
    substance: String,
    unit: Option<Unit>,
    place: Option<String>,
    /// Confirmed first.
    presumptive: bool,
    un_status: String,
    national_status: String,
}

/// The working file for the report of half a year.
pub fn admr(cases: &Cases, desk: &Desk<'_>, half_year: &Period) -> Export {
    let mut sifted = Sifted::of(cases, desk, half_year);
    sifted.list_doubts(|_| Vec::new());
    let sightings = sightings(cases, desk);
    let names = Names::of(&sifted.claimed, desk);
    let mut rows: BTreeMap<Key, Vec<&Claimed<'_>>> = BTreeMap::new();
    for claimed in &sifted.claimed {
        rows.entry(key(claimed, desk, &names))
            .or_default()
            .push(claimed);
    }
    let mut table = Table::of(FIELDS);
    let mut provenance = listing::provenance();
    for (number, (key, samples)) in (1..).zip(&rows) {
        let group = Group(samples);
        let claim = samples.first().map(|c| &c.claim);
        let laboratory = match (group.field("laboratory"), &desk.header.laboratory) {
            (Value::Empty, Some(own)) => Value::text(own.as_str()),
            (stated, _) => stated,
        };
        let mut remarks = vec![format!("samples: {}", samples.len())];
        remarks.extend(group.rate());
        table.rows.push(vec![
            Value::Whole(number),
            Value::from(key.country.as_deref()),
            Value::text(half_year.label.as_str()),
            Value::from(key.group.as_deref()),
            Value::text(key.substance.as_str()),
            group.seizures(),
            group.sum(),
            Value::from(key.unit.map(Unit::id)),
            Value::from(key.place.as_deref()),
            Value::text(key.un_status.as_str()),
            Value::text(key.national_status.as_str()),
            Value::from(claim.map(nps)),
            Value::text(first_detection(&group, &sightings)),
            laboratory,
            Value::from(claim.map(Claim::confidence)),
            Value::text(remarks.join("; ")),
        ]);
        samples
            .iter()
            .for_each(|c| listing::trace(&mut provenance, number, c));
    }
    Export {
        name: format!("admr-{}", half_year.label),
        about: about::about(
            "ASEAN Drug Monitoring Report, series",
            half_year,
            desk,
            cases,
        ),
        rows: table,
        provenance,
        not_counted: listing::not_counted(&sifted.listed, cases),
        counts: about::counts(&sifted, cases),
    }
}

fn key(claimed: &Claimed<'_>, desk: &Desk<'_>, names: &Names) -> Key {
    let claim = &claimed.claim;
    let country = names
        .country(claimed)
        .or_else(|| desk.header.country.clone());
    let group = claim.members.iter().map(|m| match (&m.role, &m.class) {
        (Some(role), Some(class)) => Some(format!("{role}: {class}")),
        (role, class) => role.clone().or_else(|| class.clone()),
    });
    let mut groups: Vec<String> = group.flatten().collect();
    groups.sort();
    groups.dedup();
    Key {
        country,
        group: (!groups.is_empty()).then(|| groups.join(" or ")),
        substance: claim.name(),
        unit: claimed.sample.amount.map(|amount| amount.unit),
        place: names.place(claimed),
        presumptive: !claim.confirmed,
        un_status: claim.statuses(),
        national_status: national(claimed, desk),
    }
}

fn national(claimed: &Claimed<'_>, desk: &Desk<'_>) -> String {
    let Some(national) = desk.national else {
        return NO_NATIONAL.to_owned();
    };
    let members = claimed.claim.members.iter();
    let all = members.flat_map(|m| national(&m.identity, On::Day(claimed.date)));
    let mut all: Vec<String> = all.collect();
    all.sort();
    all.dedup();
    all.join(" or ")
}

/// `yes` for what is of the new substances and was under neither the 1961 nor the 1971 Convention that day,
/// `open` where it may be.
fn nps(claim: &Claim) -> &'static str {
    let is_new = |role: &Option<String>, instrument: Instrument| {
        role.as_deref() == Some("NPS") && instrument > Instrument::Psychotropic4
    };
    let all = claim.standings().map(|(m, s)| match s.instrument {
        Instrument::Unregistered => None,
        instrument => Some(is_new(&m.role, instrument)),
    });
    let all: Vec<Option<bool>> = all.collect();
    match (
        all.iter().all(|one| *one == Some(true)),
        all.iter().all(|one| *one == Some(false)),
    ) {
        (true, _) => "yes",
        (_, true) => "no",
        _ => "open",
    }
}

/// A sample in which a substance was named.
struct Sighting<'a> {
    sample: &'a CaseSample,
    /// Whether it is that one substance, not one of a set.
    certain: bool,
}

/// Where each substance was named in all that was read.
type Sightings<'a> = HashMap<String, Vec<Sighting<'a>>>;

fn sightings<'a>(cases: &'a Cases, desk: &Desk<'_>) -> Sightings<'a> {
    let mut all = Sightings::new();
    for sample in &cases.samples {
        let Some(claim) = Claim::of(sample, sample.date.into(), None, desk.register) else {
            continue;
        };
        let certain = claim.single().is_some();
        for member in claim.members {
            let sighting = Sighting { sample, certain };
            all.entry(member.base).or_default().push(sighting);
        }
    }
    all
}

/// Whether the first sample of a substance in the data given is of this row: `yes`, `no`, or `open` where a
/// set or a sample without date may be an earlier one.
fn first_detection(group: &Group<'_, '_>, sightings: &Sightings<'_>) -> &'static str {
    let own = group.0.first().and_then(|c| c.claim.single());
    let Some(of_it) = own.and_then(|member| sightings.get(&member.base)) else {
        return "open";
    };
    let dates = of_it
        .iter()
        .filter(|s| s.certain)
        .filter_map(|s| s.sample.date);
    let Some(first) = dates.min() else {
        return "open";
    };
    if !group.0.iter().any(|c| c.date == first) {
        return "no";
    }
    let may_be_earlier = |s: &&Sighting<'_>| match s.sample.date {
        None => true,
        Some(date) => !s.certain && date <= first,
    };
    match of_it.iter().any(|s| may_be_earlier(&s)) {
        true => "open",
        false => "yes",
    }
}
