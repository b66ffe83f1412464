//! Several ranges of one provision.

use crate::model::{Citation, Found, Provision, Role};
use crate::number::to_u32;
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::Hash;

/// Combines the facts of ranges in text order: each name once, every target and every sentence.
/// A responsible agency is not among the other agencies. O(facts).
pub(super) fn combine(mut ranges: impl Iterator<Item = Provision>) -> Provision {
    let mut all = ranges.next().unwrap_or_default();
    let Some(second) = ranges.next() else { return all };
    for next in std::iter::once(second).chain(ranges) {
        // Exhaustive: a new field does not compile until it is combined.
        let Provision {
            responsible,
            classes,
            agencies,
            cites,
            products,
            targets,
            mut deadlines,
            platforms,
            modality,
        } = next;
        let (first_duty, first_target) = (to_u32(all.responsible.len()), to_u32(all.targets.len()));
        for deadline in &mut deadlines {
            deadline.duties.iter_mut().for_each(|duty| *duty += first_duty);
            deadline.targets.iter_mut().for_each(|target| *target += first_target);
        }
        all.deadlines.extend(deadlines);
        all.responsible.extend(responsible);
        all.classes.extend(classes);
        all.agencies.extend(agencies);
        all.cites.extend(cites);
        all.products.extend(products);
        all.targets.extend(targets);
        all.platforms.extend(platforms);
        all.modality.extend(modality);
    }
    let key = |role: Role, agency: &str| (role, agency.to_owned());
    let mut places = FxHashMap::default();
    let mut kept = Vec::with_capacity(all.responsible.len());
    for duty in &all.responsible {
        let next = to_u32(places.len());
        kept.push(*places.entry(key(duty.role, &duty.agency)).or_insert(next));
    }
    for deadline in &mut all.deadlines {
        deadline.duties.iter_mut().for_each(|duty| *duty = kept[*duty as usize]);
        deadline.duties.sort_unstable();
        deadline.duties.dedup();
    }
    keep_first(&mut all.responsible, |duty| key(duty.role, &duty.agency));
    keep_first(&mut all.classes, |class| key(class.role, &class.class));
    let responsible: FxHashSet<&str> = all.responsible.iter().map(|duty| &*duty.agency).collect();
    all.agencies.retain(|found| !responsible.contains(&*found.value));
    for names in [&mut all.agencies, &mut all.products, &mut all.platforms] {
        keep_first(names, |found: &Found<String>| found.value.clone());
    }
    all.cites = distinct(all.cites);
    all
}

fn keep_first<T, K: Hash + Eq>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    let mut known = FxHashSet::default();
    list.retain(|item| known.insert(key(item)));
}

/// Returns each title once, with the first number printed for it.
fn distinct(cites: Vec<Citation>) -> Vec<Citation> {
    let mut places = FxHashMap::<String, usize>::default();
    let mut first: Vec<Citation> = Vec::new();
    for citation in cites {
        match places.get(&citation.title) {
            Some(&at) => {
                let number = &mut first[at].number;
                *number = number.take().or(citation.number);
            }
            None => {
                places.insert(citation.title.clone(), first.len());
                first.push(citation);
            }
        }
    }
    first
}
