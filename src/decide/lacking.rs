//! Isomers that the register knows and the library lacks.
//!
//! A mass spectrum of an isomer can be alike, and nothing was compared with those of which the library holds
//! no reference. So where a substance is identified, the register's substances of the same formula and class
//! that the library lacks belong to what it may be.

use crate::library::{Library, LibraryError};
use crate::prepare::Family;
use crate::search::Hit;
use crate::spectrum::{Identity, Technique};
use crate::substance::{Register, Substance};
use std::collections::BTreeSet;

/// What of the same formula as the members of a set was not compared.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Isomers {
    /// Substances without a reference.
    pub lacking: Vec<Identity>,
    /// Members whose formula is not known, so that no isomers of theirs were looked for.
    pub without_formula: Vec<String>,
}

/// The register's substances that have the formula of one of these hits and of which the library holds no
/// reference of their family, in the register's order; none for curves, whose bands tell isomers apart.
///
/// An isomer of another class (mecloqualone of nordazepam) is built otherwise and not told. Where the register
/// does not know a hit, its class is not known either, and its isomers of any class are. The library counts as
/// lacking the substances of `without`, by its index.
///
/// # Errors
/// [`LibraryError`] where an entry is damaged.
pub(super) fn isomers(
    set: &[&Hit],
    without: &[u32],
    library: &Library,
    register: &Register,
) -> Result<Isomers, LibraryError> {
    let families = set.first().map_or(&[][..], |hit| searched_with(hit.family));
    let mut isomers = Isomers::default();
    if families.is_empty() {
        return Ok(isomers);
    }
    let mut formulas = BTreeSet::new();
    let mut named = BTreeSet::new();
    let mut classes = BTreeSet::new();
    for hit in set {
        let identity = library.entry(hit.entry)?.identity;
        let known = register.find(&identity).map(|(substance, _)| substance);
        named.extend(skeletons_of(&identity, known));
        classes.insert(known.map(|s| s.class.as_str()));
        match register.formula_of(&identity) {
            Some(formula) => formulas.extend([formula]),
            None => isomers.without_formula.push(identity.name),
        }
    }
    let alike = |substance: &&Substance| {
        let class = classes.contains(&None) || classes.contains(&Some(substance.class.as_str()));
        let skeleton = substance.identity.skeleton();
        class && skeleton.is_some_and(|s| !named.contains(s))
    };
    let mut found: Vec<&Identity> = Vec::new();
    for formula in &formulas {
        let isomers = register.of_formula(formula).filter(alike);
        found.extend(isomers.map(|s| &s.identity));
    }
    if found.is_empty() {
        return Ok(isomers);
    }
    let left_out = skeletons(without, library, register)?;
    for family in families {
        let held = library.held(*family, register)?;
        let lacks = |skeleton: &str| left_out.contains(skeleton) || !held.contains(skeleton);
        found.retain(|identity| identity.skeleton().is_some_and(lacks));
    }
    isomers.lacking = found.into_iter().cloned().collect();
    Ok(isomers)
}

/// First blocks of the InChIKeys of these substances of the library.
fn skeletons(
    substances: &[u32],
    library: &Library,
    register: &Register,
) -> Result<BTreeSet<String>, LibraryError> {
    let mut found = BTreeSet::new();
    if substances.is_empty() {
        return Ok(found);
    }
    let wanted = |entry: &usize| {
        let substance = library.substance_of(*entry);
        substance.is_some_and(|s| substances.contains(&s))
    };
    for entry in (0..library.len()).filter(wanted) {
        let identity = library.entry(entry)?.identity;
        let known = register.find(&identity).map(|(substance, _)| substance);
        found.extend(skeletons_of(&identity, known));
    }
    Ok(found)
}

/// First blocks of the InChIKeys of an entry and of the substance which the register takes it for.
fn skeletons_of(
    identity: &Identity,
    known: Option<&Substance>,
) -> impl Iterator<Item = String> + use<> {
    let of_known = known.and_then(|substance| substance.identity.skeleton());
    let both = identity.skeleton().into_iter().chain(of_known);
    let both: Vec<String> = both.map(str::to_owned).collect();
    both.into_iter()
}

/// The families of mass spectra that a query of this one is searched in; none for curves.
fn searched_with(family: Family) -> &'static [Family] {
    match family {
        Family::EiMs | Family::EiMsPrincipal => Family::of_query(Technique::EiMs),
        Family::MsMs => Family::of_query(Technique::MsMs),
        Family::Raman | Family::Infrared | Family::NearInfrared => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Builder, Info, ReferenceKind};
    use crate::search::{Options, Searcher};
    use crate::spectrum::{Axis, Shape, Spectrum};

    const REGISTER: &str =
        "name\tsynonyms\tcas\tcas_checked\tformula\tsmiles\tinchikey\trole\tclass\tnotes
Held\t\t\tno\tC10H15N\t\tAAAAAAAAAAAAAA-UHFFFAOYSA-N\t\tamine\t
Also held\t\t\tno\tC10H15N\t\tBBBBBBBBBBBBBB-UHFFFAOYSA-N\t\tamine\t
Lacking\t\t\tno\tC10H15N\t\tCCCCCCCCCCCCCC-UHFFFAOYSA-N\t\tamine\t
Of another class\t\t\tno\tC10H15N\t\tFFFFFFFFFFFFFF-UHFFFAOYSA-N\t\tpyridine\t
Other form of the named\t\t\tno\tC10H15N\t\tAAAAAAAAAAAAAA-MBHOEBATSA-N\t\tamine\t
Other formula\t\t\tno\tC9H13N\t\tDDDDDDDDDDDDDD-UHFFFAOYSA-N\t\tamine\t
";

    fn entry(name: &str, key: &str, ions: [(f64, f64); 3]) -> Spectrum {
        let (x, y) = ions.into_iter().unzip();
        let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, Axis::Explicit(x), y);
        spectrum.identity.name = name.to_owned();
        spectrum.identity.inchikey = Some(format!("{key}-UHFFFAOYSA-N"));
        spectrum.identity.formula = Some("H15C10N".to_owned());
        spectrum
    }

    #[test]
    fn only_isomers_without_a_reference_are_told() {
        let register = Register::parse(REGISTER).unwrap();
        let ions = [(58.0, 100.0), (91.0, 20.0), (134.0, 5.0)];
        let others = [(44.0, 100.0), (65.0, 20.0), (120.0, 5.0)];
        let mut builder = Builder::new(Info::default());
        builder.add(
            entry("Held", "AAAAAAAAAAAAAA", ions),
            ReferenceKind::FullSpectrum,
        );
        builder.add(
            entry("Also held", "BBBBBBBBBBBBBB", others),
            ReferenceKind::FullSpectrum,
        );
        let (library, _) = builder.build(&|| {});
        let ranking = Searcher::new(&library, Options::default())
            .rank(&entry("", "AAAAAAAAAAAAAA", ions))
            .unwrap();
        let found = isomers(&[&ranking.hits[0]], &[], &library, &register).unwrap();
        let names: Vec<&str> = found.lacking.iter().map(|i| i.name.as_str()).collect();
        assert_eq!(names, ["Lacking"]);
        // A member without a formula has that of the register's substance.
        let (mut named, mut stranger) = (
            entry("Held", "AAAAAAAAAAAAAA", ions),
            entry("Stranger", "HHHHHHHHHHHHHH", others),
        );
        (named.identity.formula, stranger.identity.formula) = (None, None);
        let mut builder = Builder::new(Info::default());
        builder.add(named, ReferenceKind::FullSpectrum);
        builder.add(stranger, ReferenceKind::FullSpectrum);
        let (without, _) = builder.build(&|| {});
        let set: Vec<Hit> = (0..2)
            .map(|entry| Hit {
                entry,
                family: Family::EiMs,
                ..Hit::scored(0.9)
            })
            .collect();
        let found = isomers(&[&set[0]], &[], &without, &register).unwrap();
        let names: Vec<&str> = found.lacking.iter().map(|i| i.name.as_str()).collect();
        assert_eq!(names, ["Also held", "Lacking"]);
        assert!(found.without_formula.is_empty());
        let found = isomers(&[&set[1]], &[], &without, &register).unwrap();
        assert_eq!(found.without_formula, ["Stranger"]);
        // What is searched for as if the library lacked it is lacking.
        let also_held = [library.substance_of(1).unwrap()];
        let found = isomers(&[&ranking.hits[0]], &also_held, &library, &register).unwrap();
        let names: Vec<&str> = found.lacking.iter().map(|i| i.name.as_str()).collect();
        assert_eq!(names, ["Also held", "Lacking"]);
        // What was looked up for one register is not believed for another.
        let more =
            format!("{REGISTER}New\t\t\tno\tC10H15N\t\tEEEEEEEEEEEEEE-UHFFFAOYSA-N\t\tamine\t\n");
        let more = Register::parse(&more).unwrap();
        assert_ne!(more.fingerprint(), register.fingerprint());
        let found = isomers(&[&ranking.hits[0]], &[], &library, &more).unwrap();
        assert_eq!(found.lacking.len(), 2);
        // What is not in the register may be of any class.
        let stranger = REGISTER.replace("AAAAAAAAAAAAAA", "GGGGGGGGGGGGGG");
        let stranger = Register::parse(&stranger.replace("Held\t", "Somebody\t")).unwrap();
        let found = isomers(&[&ranking.hits[0]], &[], &library, &stranger).unwrap();
        assert_eq!(found.lacking.len(), 4);
    }
}
