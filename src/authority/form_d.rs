//! INCB Form D: seizures of substances of Tables I and II in a year, and of others that are used to make drugs.

use super::belongs::{Place, elsewhere, is_on_form, place, places};
use super::group::Group;
use super::names::Names;
use super::sift::{Claimed, Sifted, one_of};
use super::table::{Export, Heading, Table, Value, quantity, text, whole};
use super::{Desk, Period, about, listing};
use crate::cases::{CaseSample, Cases, Unit, spelled};
use crate::substance::Basis;
use std::collections::{BTreeMap, BTreeSet};

const FIELDS: &[Heading] = &[
    whole("row"),
    text("country"),
    text("reporting_year"),
    text("authority"),
    text("officer"),
    text("contact"),
    text("part"),
    text("table"),
    text("substance_name"),
    text("cas"),
    text("hs"),
    text("form"),
    quantity("quantity"),
    text("unit"),
    whole("n_seizures"),
    text("origin_country"),
    text("seizure_place"),
    text("seizure_date"),
    text("context"),
    text("suspected_end_product"),
    text("non_scheduled_reason"),
    text("method_of_identification"),
    text("confidence"),
    text("remarks"),
];

/// What the samples of one row have in common. Rows stand in this order.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    country: Option<String>,
    part: Part,
    table: String,
    substance: String,
    form: Option<&'static str>,
    unit: Option<Unit>,
    /// Confirmed first.
    presumptive: bool,
    statuses: String,
    reasons: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Scheduled,
    NonScheduled,
    /// By what it may be it belongs to both, or it may belong on no form on precursors; or nothing is known of
    /// its status.
    Undetermined,
}

impl Part {
    fn id(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::NonScheduled => "non-scheduled",
            Self::Undetermined => "undetermined",
        }
    }
}

/// The working file for Form D of a year.
pub fn form_d(cases: &Cases, desk: &Desk<'_>, year: &Period) -> Export {
    let mut sifted = Sifted::of(cases, desk, year);
    sifted.retain(|claimed| {
        foreign(claimed.sample, desk)?;
        match places(&claimed.claim).iter().any(is_on_form) {
            true => Ok(()),
            false => Err(format!(
                "It is no precursor: {}.",
                elsewhere(&claimed.claim)
            )),
        }
    });
    sifted.list_doubts(|claimed| {
        let context = context(claimed.sample).err();
        context.into_iter().chain(unregistered(claimed)).collect()
    });
    let names = Names::of(&sifted.claimed, desk);
    let mut rows: BTreeMap<Key, Vec<&Claimed<'_>>> = BTreeMap::new();
    for claimed in &sifted.claimed {
        rows.entry(key(claimed, desk, &names))
            .or_default()
            .push(claimed);
    }
    let mut table = Table::of(FIELDS);
    let mut provenance = listing::provenance();
    for (number, (key, group)) in (1..).zip(&rows) {
        table
            .rows
            .push(row(number, key, &Group(group), &names, desk, year));
        group
            .iter()
            .for_each(|c| listing::trace(&mut provenance, number, c));
    }
    let title = "INCB Form D (fields; the official layout was not at hand)";
    Export {
        name: format!("form-d-{}", year.label),
        about: about::about(title, year, desk, cases),
        rows: table,
        provenance,
        not_counted: listing::not_counted(&sifted.listed, cases),
        counts: about::counts(&sifted, cases),
    }
}

/// Refuses a sample that was seized in another country than the one that reports.
fn foreign(sample: &CaseSample, desk: &Desk<'_>) -> Result<(), String> {
    match (sample.fields.get("country"), &desk.header.country) {
        (Some(stated), Some(own))
            if spelled(stated).to_lowercase() != spelled(own).to_lowercase() =>
        {
            Err(format!(
                "It was seized in {stated}, and the form is that of {own}; if both are one country, write it alike."
            ))
        }
        _ => Ok(()),
    }
}

/// Says that nothing is known of what was found, so that somebody must decide where it belongs.
fn unregistered(claimed: &Claimed<'_>) -> Option<String> {
    let standings = claimed.claim.standings();
    let unknown = standings.filter(|(member, standing)| place(member, standing) == Place::Unknown);
    let names: BTreeSet<&str> = unknown.map(|(member, _)| member.name.as_str()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    (!names.is_empty()).then(|| {
        format!(
            "The register does not know {}: it may be in a table, in none, or under another convention. Look it up before the form is handed in.",
            names.join(", ")
        )
    })
}

fn context(sample: &CaseSample) -> Result<Option<&'static str>, String> {
    one_of(
        sample,
        "context",
        &[
            ("import", &["import"]),
            ("transit", &["transit"]),
            ("domestic", &["domestic"]),
            (
                "laboratory",
                &["laboratory", "clandestine laboratory", "illicit laboratory"],
            ),
            ("other", &["other"]),
        ],
    )
}

fn key(claimed: &Claimed<'_>, desk: &Desk<'_>, names: &Names) -> Key {
    let places = places(&claimed.claim);
    let mut tables: Vec<&str> = Vec::new();
    let mut reasons = Vec::new();
    for place in &places {
        tables.push(match place {
            Place::Table1 => "I",
            Place::Table2 => "II",
            Place::NoTable(_) => "none",
            Place::Unknown => "not known",
            Place::Elsewhere(_) => "other list or none",
        });
        if let Place::NoTable(why) = place {
            reasons.push(why.clone());
        }
    }
    tables.dedup();
    let in_table = |place: &Place| matches!(place, Place::Table1 | Place::Table2);
    let in_none = |place: &Place| matches!(place, Place::NoTable(_));
    let part = match (places.iter().all(in_table), places.iter().all(in_none)) {
        (true, _) => Part::Scheduled,
        (_, true) => Part::NonScheduled,
        _ => Part::Undetermined,
    };
    Key {
        country: (desk.header.country.clone()).or_else(|| names.country(claimed)),
        part,
        table: if part == Part::NonScheduled {
            String::new()
        } else {
            tables.join(" or ")
        },
        substance: claimed.claim.name(),
        form: claimed.form,
        unit: claimed.sample.amount.map(|amount| amount.unit),
        presumptive: !claimed.claim.confirmed,
        statuses: claimed.claim.statuses(),
        reasons,
    }
}

fn row(
    number: i64,
    key: &Key,
    group: &Group<'_, '_>,
    names: &Names,
    desk: &Desk<'_>,
    year: &Period,
) -> Vec<Value> {
    let header = &desk.header;
    let single = group.0.first().and_then(|c| c.claim.single());
    let confidence = group.0.first().map(|c| c.claim.confidence());
    let reason = match key.reasons.is_empty() {
        true => String::new(),
        false => format!(
            "in no table on {}; {}",
            group.dates(),
            key.reasons.join("; ")
        ),
    };
    vec![
        Value::Whole(number),
        Value::from(key.country.as_deref()),
        Value::text(year.label.as_str()),
        Value::from(header.authority.as_deref()),
        Value::from(header.officer.as_deref()),
        Value::from(header.contact.as_deref()),
        Value::text(key.part.id()),
        Value::text(key.table.as_str()),
        Value::text(key.substance.as_str()),
        Value::from(single.and_then(|m| m.cas.as_deref())),
        Value::from(single.and_then(|m| m.hs.as_deref())),
        Value::from(key.form),
        group.sum(),
        Value::from(key.unit.map(Unit::id)),
        group.seizures(),
        group.field("origin"),
        group.places(names),
        Value::text(group.dates()),
        group.distinct(|c| context(c.sample).ok().flatten()),
        group.end_product(),
        Value::text(reason),
        group.distinct(|c| c.claim.method.as_deref()),
        Value::from(confidence),
        Value::text(remarks(key, group)),
    ]
}

fn remarks(key: &Key, group: &Group<'_, '_>) -> String {
    let mut told = vec![format!("samples: {}", group.0.len())];
    told.extend(group.rate());
    if key.part == Part::Undetermined {
        told.push(format!("status on the day: {}", key.statuses));
    }
    let first = group.0.first();
    let standings = || {
        first
            .iter()
            .flat_map(|c| c.claim.standings())
            .map(|(_, s)| s)
    };
    let listed = || standings().filter(|s| s.instrument.is_listing());
    if listed().any(|s| s.basis == Basis::Preparation) {
        told.push("a preparation: the tables do not cover one from which the substance cannot be easily used or recovered (1988 Convention, article 12, paragraph 14)".to_owned());
    }
    let unchecked = listed().filter(|s| !s.checked);
    let unchecked: BTreeSet<&str> = unchecked.map(|s| s.substance.as_str()).collect();
    if !unchecked.is_empty() {
        let names: Vec<&str> = unchecked.into_iter().collect();
        told.push(format!(
            "status not checked against a published list: {}",
            names.join(", ")
        ));
    }
    let unknown = first
        .iter()
        .flat_map(|c| &c.claim.members)
        .filter_map(|m| m.unknown.clone());
    told.extend(unknown);
    told.join("; ")
}
