//! What the document does not say, and who signs it.

use crate::document::{Block, Tone};
use crate::statement::page::Page;
use crate::statement::writing::Statement;

/// Limits of the statement, one message each.
const LIMITS: [&str; 7] = [
    "limit-presumptive",
    "limit-library",
    "limit-sample",
    "limit-quantity",
    "limit-rates",
    "limit-control",
    "limit-whole",
];

/// Limits and signatures.
pub(in crate::statement) fn foot(page: &mut Page<'_>, statement: &Statement) {
    let (details, texts) = (&statement.details, page.texts);
    page.heading(1, "heading-limits");
    page.list(LIMITS.iter().map(|name| texts.say(name)).collect());
    page.heading(1, "heading-signatures");
    page.say(Tone::Normal, "signatures-words", &[]);
    let mut list = page.listing();
    list.supplied("field-analyst", details.analyst.clone());
    list.supplied(
        "field-analyst-signed",
        details.analyst_signed.as_ref().map(|day| texts.moment(day)),
    );
    list.supplied("field-reviewer", details.reviewer.clone());
    list.supplied(
        "field-reviewer-signed",
        details
            .reviewer_signed
            .as_ref()
            .map(|day| texts.moment(day)),
    );
    page.fields(list);
    let under = |name: &str, who: &Option<String>| match who {
        Some(who) => texts.say_with(&format!("{name}-named"), &[("name", who)]),
        None => texts.say(name),
    };
    page.blocks.push(Block::Signatures(vec![
        under("sign-analyst", &details.analyst),
        under("sign-reviewer", &details.reviewer),
    ]));
}
