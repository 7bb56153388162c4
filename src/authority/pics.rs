//! Incidents for the Precursors Incident Communication System: one row a sample and what it is.

use super::belongs::{elsewhere, is_on_form, places};
use super::group::Group;
use super::names::Names;
use super::sift::{Claimed, Sifted};
use super::table::{Export, Heading, Table, Value, quantity, text, whole};
use super::{Desk, Period, about, listing};
use crate::cases::Cases;
use crate::substance::Instrument;

const FIELDS: &[Heading] = &[
    whole("row"),
    text("incident_id_local"),
    text("incident_type"),
    text("date"),
    text("country"),
    text("place"),
    text("reporting_agency"),
    text("contact"),
    text("substance_name"),
    text("cas"),
    text("inchikey"),
    text("scheduled_status"),
    quantity("quantity"),
    text("unit"),
    text("packaging"),
    text("labels_declared_as"),
    text("hs_declared"),
    text("origin"),
    text("transit"),
    text("destination"),
    text("transport_mode"),
    text("document_refs"),
    text("suspected_end_product"),
    text("analysis_method"),
    text("identification_confidence"),
    text("restrictions_on_sharing"),
];

/// The working file of incidents with precursors of any kind.
pub fn pics(cases: &Cases, desk: &Desk<'_>, period: &Period) -> Export {
    let mut sifted = Sifted::of(cases, desk, period);
    sifted.retain(|claimed| {
        let claim = &claimed.claim;
        let unknown = claim
            .standings()
            .all(|(_, s)| s.instrument == Instrument::Unregistered);
        match (unknown, places(claim).iter().any(is_on_form)) {
            (true, _) => Err(format!(
                "Whether it is a precursor is not known: {}.",
                claim.joined(|m| m.unknown.as_deref()).unwrap_or_else(|| {
                    format!("the register has no substance {}", claim.name())
                })
            )),
            (false, true) => Ok(()),
            (false, false) => Err(format!("It is no precursor: {}.", elsewhere(claim))),
        }
    });
    sifted.list_doubts(|_| Vec::new());
    let mut all: Vec<&Claimed<'_>> = sifted.claimed.iter().collect();
    // A stable order: samples of one incident keep that of the inputs.
    all.sort_by_key(|c| (c.date, incident(c)));
    let names = Names::of(&sifted.claimed, desk);
    let mut table = Table::of(FIELDS);
    let mut provenance = listing::provenance();
    for (number, claimed) in (1..).zip(all) {
        table.rows.push(row(number, claimed, &names, desk));
        listing::trace(&mut provenance, number, claimed);
    }
    let label = period.label.replace('/', "-");
    Export {
        name: match (period.first, period.last) {
            (None, None) => "pics".to_owned(),
            _ => format!("pics-{}", label.replace("..", "open")),
        },
        about: about::about("incidents for PICS (INCB)", period, desk, cases),
        rows: table,
        provenance,
        not_counted: listing::not_counted(&sifted.listed, cases),
        counts: about::counts(&sifted, cases),
    }
}

/// The incident, else the case.
fn incident(claimed: &Claimed<'_>) -> Option<String> {
    let fields = &claimed.sample.fields;
    fields
        .get("incident")
        .map(str::to_owned)
        .or_else(|| fields.case.clone())
}

fn row(number: i64, claimed: &Claimed<'_>, names: &Names, desk: &Desk<'_>) -> Vec<Value> {
    let (fields, claim, header) = (&claimed.sample.fields, &claimed.claim, &desk.header);
    let field = |name: &str| Value::from(fields.get(name));
    let or = |name: &str, own: &Option<String>| match fields.get(name) {
        Some(text) => Value::text(text),
        None => Value::from(own.as_deref()),
    };
    let single = claim.single();
    let amount = claimed.sample.amount;
    vec![
        Value::Whole(number),
        Value::from(incident(claimed)),
        field("incident_type"),
        Value::text(claimed.date.to_string()),
        Value::from(names.country(claimed).or_else(|| header.country.clone())),
        Value::from(names.place(claimed)),
        or("agency", &header.authority),
        or("contact", &header.contact),
        Value::text(claim.name()),
        Value::from(single.and_then(|m| m.cas.as_deref())),
        Value::from(single.and_then(|m| m.identity.inchikey.as_deref())),
        Value::text(claim.statuses()),
        amount.map_or(Value::Empty, |a| Value::Quantity(a.value)),
        Value::from(amount.map(|a| a.unit.id())),
        field("packaging"),
        field("declared_as"),
        field("hs_declared"),
        field("origin"),
        field("transit"),
        field("destination"),
        field("transport"),
        field("documents"),
        Group(&[claimed]).end_product(),
        Value::from(claim.method.as_deref()),
        Value::text(claim.confidence()),
        field("sharing"),
    ]
}
