//! The list of classes, read from `spectra-library/classes.tsv`.

use super::stem::Stems;
use thiserror::Error;

/// Columns of the list.
const COLUMNS: [&str; 8] = [
    "id", "group", "title", "register", "stems", "but_not", "ions", "source",
];

/// Ions of one origin, any of which may show it.
#[derive(Debug, Clone)]
pub struct Origin {
    /// m/z.
    pub ions: Vec<usize>,
    /// What they are, as a chemist says it.
    pub words: String,
}

/// One class.
#[derive(Debug, Clone)]
pub struct Class {
    /// Name for machines.
    pub id: String,
    /// Class that it is part of, itself where there is none: verdicts are given of these.
    pub group: usize,
    /// Name for people.
    pub title: String,
    /// Classes of the register whose substances belong to it.
    register: Vec<String>,
    stems: Stems,
    but_not: Stems,
    /// Ions that speak for it.
    pub origins: Vec<Origin>,
}

/// What a library's entry is to the classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Membership {
    /// Member of these.
    Of(Vec<usize>),
    /// Of none of the classes.
    NoClass,
    /// Neither: derivatives of members, and what shares a part of the structure of a class.
    Aside,
}

/// All classes.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// In the order of the list.
    pub classes: Vec<Class>,
    related: Stems,
    aside: Stems,
}

/// A line of the list that cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("list of classes, line {line}: {message}")]
pub struct TableError {
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl Table {
    /// Reads the list from its tab-separated text.
    ///
    /// # Errors
    /// [`TableError`] with the first line that breaks the format.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let mut table = Self::default();
        let mut groups: Vec<(usize, String)> = Vec::new();
        for (index, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty()) {
            let line_number = index + 1;
            let fail = |message: String| TableError {
                line: line_number,
                message,
            };
            let cells: Vec<&str> = line.split('\t').collect();
            let [id, group, title, register, stems, but_not, ions, _] = cells[..] else {
                return Err(fail(format!("{} cells, not 8", cells.len())));
            };
            if index == 0 {
                match cells == COLUMNS {
                    true => continue,
                    false => return Err(fail(format!("the columns are not {COLUMNS:?}"))),
                }
            }
            match id {
                "aside" => table.aside = Stems::parse(stems),
                "related" => table.related = Stems::parse(stems),
                _ => {
                    groups.push((line_number, group.to_owned()));
                    table.classes.push(Class {
                        id: id.to_owned(),
                        group: table.classes.len(),
                        title: title.to_owned(),
                        register: parts(register),
                        stems: Stems::parse(stems),
                        but_not: Stems::parse(but_not),
                        origins: origins(ions).map_err(fail)?,
                    });
                }
            }
        }
        for (class, (line, group)) in groups.iter().enumerate().filter(|(_, g)| !g.1.is_empty()) {
            let found = table.classes.iter().position(|c| c.id == *group);
            table.classes[class].group = found.ok_or_else(|| TableError {
                line: *line,
                message: format!("no class {group:?}"),
            })?;
        }
        Ok(table)
    }

    /// What an entry is to the classes: by its own name, its names all together (own, synonyms, those of
    /// the register; all normalised), and the class that the register gives it.
    ///
    /// Of a derivative the names should have the beginnings of its own name, too, of which one is the name of
    /// what was derivatised. It is never a member.
    pub fn membership(&self, own: &str, names: &[String], registered: Option<&str>) -> Membership {
        let derived = self.derived(own);
        let any = |stems: &Stems| names.iter().any(|name| stems.hit(name));
        let (mut found, mut near) = (Vec::new(), false);
        for (index, class) in self.classes.iter().enumerate() {
            match any(&class.stems) {
                true if any(&class.but_not) => near = true,
                true => found.push(index),
                false => {}
            }
        }
        let by_register: Vec<usize> = (0..self.classes.len())
            .filter(|i| {
                registered.is_some_and(|r| self.classes[*i].register.iter().any(|c| c == r))
            })
            .collect();
        if !by_register.is_empty() {
            // The register knows the class; the name may say which part of it.
            let group = |index: &usize| self.classes[*index].group;
            found.retain(|index| by_register.iter().any(|known| group(known) == group(index)));
            found.extend(by_register);
            found.sort_unstable();
            found.dedup();
        }
        match (found.is_empty(), near || any(&self.related)) {
            (false, _) if derived => Membership::Aside,
            (false, _) => Membership::Of(found),
            (true, true) => Membership::Aside,
            (true, false) => Membership::NoClass,
        }
    }

    /// Whether a normalised name is that of a derivative or product.
    pub fn derived(&self, own: &str) -> bool {
        self.aside.hit(own)
    }

    /// Classes that verdicts are given of.
    pub fn groups(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.classes.len()).filter(|index| self.classes[*index].group == *index)
    }
}

fn parts(text: &str) -> Vec<String> {
    let all = text.split('|').map(str::trim);
    all.filter(|p| !p.is_empty()).map(str::to_owned).collect()
}

fn origins(text: &str) -> Result<Vec<Origin>, String> {
    parts(text)
        .iter()
        .map(|part| {
            let (ions, words) = part
                .split_once('=')
                .ok_or(format!("no words in {part:?}"))?;
            let number = |ion: &str| ion.parse().map_err(|_| format!("{ion:?} is no m/z"));
            Ok(Origin {
                ions: ions.split('/').map(number).collect::<Result<_, _>>()?,
                words: words.to_owned(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "id\tgroup\ttitle\tregister\tstems\tbut_not\tions\tsource\n\
        opioid\t\tan opioid\topium|opiate\tcodeine morph\tmorpholine\t42/59=a|70=b\tx\n\
        part\twhole\ta part\t\tjwh\t\t\tx\n\
        whole\t\ta whole\tcannabinoid\t\t\t\tx\n\
        related\t\tr\t\tindol\t\t\tx\n\
        aside\t\ta\t\td#$\t\t\tx\n";

    fn of(own: &str, registered: Option<&str>) -> Membership {
        let table = Table::parse(TEXT).unwrap();
        table.membership(own, &[own.to_owned()], registered)
    }

    #[test]
    fn members_by_register_and_name() {
        assert_eq!(of("morphine", None), Membership::Of(vec![0]));
        assert_eq!(of("heroin", Some("opiate")), Membership::Of(vec![0]));
        assert_eq!(
            of("jwh018", Some("cannabinoid")),
            Membership::Of(vec![1, 2])
        );
        // The register overrules a name.
        assert_eq!(of("jwh018", Some("opiate")), Membership::Of(vec![0]));
        assert_eq!(of("aspirin", Some("drug")), Membership::NoClass);
        // A derivative of what is of no class is of none.
        assert_eq!(of("aspirind3", None), Membership::NoClass);
        for name in ["morphined3", "morpholine", "methylindole", "indold3"] {
            assert_eq!(of(name, None), Membership::Aside, "{name}");
        }
    }

    #[test]
    fn groups_and_faults() {
        let table = Table::parse(TEXT).unwrap();
        assert_eq!(table.groups().collect::<Vec<_>>(), [0, 2]);
        assert_eq!(table.classes[0].origins[0].ions, [42, 59]);
        let broken = TEXT.replace("whole\ta part", "hole\ta part");
        assert_eq!(Table::parse(&broken).unwrap_err().line, 3);
        let broken = TEXT.replace("70=b", "x=b");
        assert_eq!(Table::parse(&broken).unwrap_err().line, 2);
    }
}
