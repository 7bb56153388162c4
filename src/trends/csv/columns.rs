//! Columns of the tables.

use crate::screen::table::{Column, Kind};

const fn text(name: &'static str) -> Column {
    column(name, Kind::Text)
}

const fn whole(name: &'static str) -> Column {
    column(name, Kind::Whole)
}

const fn number(name: &'static str) -> Column {
    column(name, Kind::Number)
}

const fn flag(name: &'static str) -> Column {
    column(name, Kind::Flag)
}

const fn column(name: &'static str, kind: Kind) -> Column {
    Column {
        name,
        kind,
        width: 14,
    }
}

pub(super) const SERIES: &[Column] = &[
    text("kind"),
    text("key"),
    text("name"),
    text("period"),
    flag("screened"),
    whole("judged_samples"),
    whole("judged_seizures"),
    whole("samples"),
    whole("seizures"),
    number("kg"),
    number("l"),
    number("tablets"),
    whole("confirmed_samples"),
    whole("confirmed_seizures"),
    number("confirmed_kg"),
    number("confirmed_l"),
    number("confirmed_tablets"),
    whole("presumptive_samples"),
    whole("presumptive_seizures"),
    number("presumptive_kg"),
    number("presumptive_l"),
    number("presumptive_tablets"),
];

pub(super) const FIRST: &[Column] = &[
    text("kind"),
    text("key"),
    text("name"),
    text("period"),
    text("date"),
    text("certainty"),
    text("sample"),
    text("case"),
    text("place"),
    text("origin"),
    text("first_confirmed_date"),
    text("first_confirmed_sample"),
    text("first_confirmed_case"),
    whole("samples_without_date"),
];

pub(super) const RISING: &[Column] = &[
    text("kind"),
    text("key"),
    text("name"),
    flag("rising"),
    number("p"),
    number("p_adjusted"),
    whole("looked_at"),
    text("recent_from"),
    text("recent_to"),
    whole("recent_seizures"),
    whole("recent_of"),
    number("recent_share"),
    number("recent_low"),
    number("recent_high"),
    text("before_from"),
    text("before_to"),
    whole("before_seizures"),
    whole("before_of"),
    number("before_share"),
    number("before_low"),
    number("before_high"),
    whole("recent_without_case"),
];

pub(super) const UNKNOWN: &[Column] = &[
    whole("group"),
    text("date"),
    text("sample"),
    text("case"),
    text("place"),
    text("origin"),
];

pub(super) const UNDATED: &[Column] = &[
    text("sample"),
    text("case"),
    text("place"),
    text("origin"),
    text("certainty"),
    text("found"),
];

pub(super) const DOUBTS: &[Column] = &[
    text("date"),
    text("sample"),
    text("case"),
    text("place"),
    text("origin"),
    text("doubt"),
];
