//! Ids of groups that were made anew: each keeps the id that most of its members had.

use std::collections::{BTreeMap, BTreeSet};

/// What became of the ids when all was grouped anew.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Renewed {
    /// The id of each group, where an earlier one is kept.
    pub ids: Vec<Option<String>>,
    /// Ids that are given up, and the group that most of their members are in.
    pub merged: Vec<(String, usize)>,
    /// Groups that took members of an id which another group keeps: id, group, members.
    pub split: Vec<(String, usize, usize)>,
}

/// Which group keeps which id: the pair of id and group with the most members in common first; of equals the
/// older id, then the group of the earlier observation. `members` gives id and group of each observation.
pub fn renew(members: &[(String, usize)], groups: usize) -> Renewed {
    let mut common: BTreeMap<(&str, usize), usize> = BTreeMap::new();
    for (id, group) in members {
        *common.entry((id, *group)).or_default() += 1;
    }
    let mut order: Vec<_> = common.iter().map(|(pair, n)| (*pair, *n)).collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut renewed = Renewed {
        ids: vec![None; groups],
        ..Renewed::default()
    };
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for ((id, group), _) in &order {
        if let Some(place) = renewed.ids.get_mut(*group)
            && place.is_none()
            && taken.insert(id)
        {
            *place = Some((*id).to_owned());
        }
    }
    let mut gone: BTreeSet<&str> = BTreeSet::new();
    for ((id, group), count) in &order {
        let own = renewed.ids.get(*group).and_then(Option::as_deref) == Some(id);
        match taken.contains(id) {
            true if !own => renewed.split.push(((*id).to_owned(), *group, *count)),
            // The first of an id is the group that most of its members are in.
            false if gone.insert(id) => renewed.merged.push(((*id).to_owned(), *group)),
            _ => {}
        }
    }
    renewed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(&str, usize)]) -> Vec<(String, usize)> {
        list.iter().map(|(id, g)| ((*id).to_owned(), *g)).collect()
    }

    #[test]
    fn the_majority_keeps_the_id() {
        let found = renew(
            &pairs(&[("A", 0), ("A", 0), ("A", 1), ("B", 1), ("B", 1)]),
            2,
        );
        assert_eq!(found.ids, [Some("A".to_owned()), Some("B".to_owned())]);
        assert_eq!(found.split, [("A".to_owned(), 1, 1)]);
        assert_eq!(found.merged, []);
    }

    #[test]
    fn merged_and_split_groups_are_told() {
        let merged = renew(&pairs(&[("A", 0), ("B", 0)]), 1);
        assert_eq!(merged.ids, [Some("A".to_owned())]);
        assert_eq!(merged.merged, [("B".to_owned(), 0)]);
        let split = renew(&pairs(&[("A", 0), ("A", 1)]), 2);
        assert_eq!(split.ids, [Some("A".to_owned()), None]);
        assert_eq!(split.split, [("A".to_owned(), 1, 1)]);
        assert_eq!(renew(&[], 0), Renewed::default());
    }
}
