//! Responsibilities: an agency, its role, and the measure that sets the task.

use super::assertion::agencies;
use super::fold::{fold, substance};
use super::instrument::LISTED;
use super::scope::{Duty, Scope};
use super::{Check, Familiarity, Quoted, Verdict, Verification};
use crate::graph::{AgencyId, NameMatch, Node, NodeKind};
use crate::lexicon::Lexicon;
use crate::model::Role;

/// Least number of letters, digits and Chinese characters of words that identify a measure.
const LEAST: usize = 4;

/// Least similarity of a passage whose measure may be meant.
const SIMILAR: f32 = 0.4;

/// The agency of an assertion.
struct Agency<'a> {
    /// The compared form of its name.
    name: &'a str,
    /// The nodes that the name means.
    ids: Vec<AgencyId>,
}

/// Responsibilities that the text states for a task.
#[derive(Default)]
struct Stated {
    /// The asserted agency in the asserted role.
    same: Vec<Duty>,
    /// The asserted agency in another role.
    other_role: Vec<Duty>,
    /// Other agencies.
    others: Vec<Duty>,
    /// Duties of parts in which it is not certain which of them apply.
    unclear: Vec<Duty>,
    /// Parts that have the words.
    parts: Vec<Node>,
}

impl Check<'_> {
    /// Checks that an agency, or each of several agencies (甲局、乙局), has a role in a task.
    pub(super) fn responsibility(self, agency: &str, role: Role, task: &str) -> Verification {
        let agencies = agencies(agency.trim(), Lexicon::builtin());
        let one = |agency: &&str| self.responsibility_of_one(agency, role, task);
        if let [agency] = agencies[..] {
            return one(&agency);
        }
        // 负责 of several agencies is a joint responsibility.
        let role = if role == Role::Sole { Role::Joint } else { role };
        let each = |agency: &&str| self.responsibility_of_one(agency, role, task);
        all_of(agencies.iter().map(each))
    }

    /// Checks that one agency has a role in a task.
    fn responsibility_of_one(self, agency: &str, role: Role, task: &str) -> Verification {
        let agency = agency.trim();
        if fold(agency).is_empty() {
            return Verification::not_checked("the claim names no agency");
        }
        let parts = match self.parts_of_task(task) {
            Ok(parts) => parts,
            Err(mut other) => {
                let (familiarity, nearest) = self.familiarity_of_agency(agency, &[]);
                if familiarity == Familiarity::Unknown {
                    let mut unknown = self.unknown_agency(agency);
                    unknown.nearest = nearest;
                    return unknown;
                }
                other.names.push((agency.to_owned(), familiarity));
                return *other;
            }
        };
        let ids = self.agencies_named(agency);
        let name = fold(agency);
        let stated = self.stated(&Agency { name: &name, ids }, role, &parts);
        let seen: Vec<AgencyId> =
            stated.same.iter().chain(&stated.other_role).map(|duty| duty.agency).collect();
        let (familiarity, nearest) = self.familiarity_of_agency(agency, &seen);
        let mut found = self.compared(agency, role, &stated, familiarity);
        found.subjects = seen.into_iter().map(Node::Agency).collect();
        found.subjects.dedup();
        found.subjects.extend(&stated.parts);
        found.names = vec![(agency.to_owned(), familiarity)];
        found.nearest.extend(nearest);
        found
    }

    /// Returns the verdict on a claim, from what the text states.
    fn compared(
        self,
        agency: &str,
        role: Role,
        stated: &Stated,
        familiarity: Familiarity,
    ) -> Verification {
        let places = |duties: &[Duty]| -> Vec<Quoted> {
            let words = duties.iter().map(|duty| duty.evidence);
            words.map(|of| Quoted { document: of.document, span: of.span }).collect()
        };
        let roles = |duties: &[Duty]| {
            let mut roles: Vec<String> = duties
                .iter()
                .map(|duty| format!("{}: {:#}", self.graph.at(duty.agency).name(), duty.role))
                .collect();
            roles.dedup();
            let more = roles.len().saturating_sub(LISTED);
            roles.truncate(LISTED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{}{more}", roles.join(", "))
        };
        let Stated { same, other_role, others, unclear, .. } = stated;
        if !same.is_empty() {
            let words = places(same);
            let explanation = format!("the text names {}", roles(same));
            return Verification::new(self.stated_in(&words), explanation).with_places(words);
        }
        if familiarity == Familiarity::Unknown {
            let mut unknown = self.unknown_agency(agency);
            if !others.is_empty() {
                unknown.explanation += &format!("; the text names {}", roles(others));
            }
            return unknown.with_places(places(others));
        }
        if !unclear.is_empty() {
            return Verification::not_checked(format!(
                "several clauses of the measure name agencies, and which one applies to these \
                 words is not certain: {}",
                roles(unclear)
            ))
            .with_places(places(unclear));
        }
        if !other_role.is_empty() {
            let explanation = format!("asserted {role:#}; the text names {}", roles(other_role));
            return Verification::new(Verdict::Differs, explanation)
                .with_places(places(other_role));
        }
        if !others.is_empty()
            && let Some(region) = self.foreign_region(agency, stated)
        {
            let explanation = format!(
                "no document with these words is of {region}, the region of {agency}; they name {}",
                roles(others)
            );
            return Verification::new(Verdict::NotInCorpus, explanation)
                .with_places(places(others));
        }
        if !others.is_empty() {
            let explanation =
                format!("the text does not name {agency} for it; it names {}", roles(others));
            return Verification::new(Verdict::Differs, explanation).with_places(places(others));
        }
        Verification::not_checked("the measure with these words names no responsible agency")
    }

    /// Returns the region of an agency, if the documents that have the words of the task are of
    /// other regions and name agencies of other regions only.
    fn foreign_region(self, agency: &str, stated: &Stated) -> Option<String> {
        let regions = &Lexicon::builtin().regions;
        let (region, _) = regions.prefix(agency, None)?;
        let signed = stated.others.iter().flat_map(|duty| {
            self.graph.at(duty.evidence.document).regions().map(|region| region.name())
        });
        let named = stated
            .others
            .iter()
            .filter_map(|duty| Some(self.graph.at(duty.agency).region()?.name()));
        let mut printed = signed.chain(named).peekable();
        printed.peek()?;
        let foreign = printed.all(|other| {
            regions.whole(other).is_some_and(|other| {
                !regions.is_within(region, other) && !regions.is_within(other, region)
            })
        });
        foreign.then(|| regions.full_name(region).into_owned())
    }

    /// Returns the places of the words of a task with the parts of documents that contain them, or
    /// the result if none does. A key means the whole measure.
    fn parts_of_task(self, task: &str) -> Result<Vec<(Node, Option<Quoted>)>, Box<Verification>> {
        let key = task.trim().strip_prefix("measure:").unwrap_or(task.trim());
        if let Some(measure) = self.graph.measure(key) {
            return Ok(vec![(measure.node(), None)]);
        }
        let words = fold(task);
        if substance(&words) < LEAST {
            return Err(Box::new(Verification::not_checked(format!(
                "the task has fewer than {LEAST} characters: give words of the measure or its key"
            ))));
        }
        let places = self.text.places(self.graph, &words);
        if places.is_empty() {
            let absent = "no measure of the corpus has these words of the task";
            return Err(Box::new(match self.nearly(&words, None) {
                Some(nearly) if nearly.similarity >= SIMILAR => {
                    let part = self.part_at(nearly.place);
                    let key = self.graph.key(part);
                    let reason =
                        format!("{absent}; {key} has similar ones: ask again with words of it");
                    let mut found = Verification::not_checked(reason);
                    found.nearest.push(part);
                    found.with_places(vec![nearly.place])
                }
                _ => Verification::new(Verdict::NotInCorpus, absent),
            }));
        }
        Ok(places.into_iter().map(|place| (self.part_at(place), Some(place))).collect())
    }

    /// Compares a claim with what the text states at each place.
    fn stated(self, agency: &Agency, role: Role, parts: &[(Node, Option<Quoted>)]) -> Stated {
        let mut stated = Stated::default();
        for &(part, words) in parts {
            if stated.parts.last() != Some(&part) {
                stated.parts.push(part);
            }
            let Scope { duties, unclear } = match words.map(|words| self.scope(part, words)) {
                None => Scope::of(self.duties(part)),
                Some(scope) => scope,
            };
            let is_named = |duty: &Duty| {
                agency.ids.contains(&duty.agency)
                    || fold(self.graph.quote(duty.evidence)) == agency.name
            };
            // Duties of sentences of the measure concern a claim on its heading only if they are
            // those of the agency.
            let sure = !duties.is_empty();
            stated.unclear.extend(unclear.into_iter().filter(|duty| !sure || is_named(duty)));
            for duty in duties {
                let to = match (is_named(&duty), duty.role == role) {
                    (true, true) => &mut stated.same,
                    (true, false) => &mut stated.other_role,
                    (false, _) => &mut stated.others,
                };
                to.push(duty);
            }
        }
        stated.parts.truncate(LISTED);
        stated
    }

    /// Returns the agencies of the corpus that a name means.
    fn agencies_named(self, name: &str) -> Vec<AgencyId> {
        let found = self.graph.find(name).into_iter();
        let found = found.filter(|one| one.matched < NameMatch::Part);
        found
            .filter_map(|one| if let Node::Agency(id) = one.node { Some(id) } else { None })
            .collect()
    }

    /// Returns how well the name of an agency is known, and the agencies with similar names.
    ///
    /// * `seen`: agencies that the text names with this name.
    fn familiarity_of_agency(self, name: &str, seen: &[AgencyId]) -> (Familiarity, Vec<Node>) {
        if !seen.is_empty() || !self.agencies_named(name).is_empty() {
            return (Familiarity::Named, Vec::new());
        }
        let lexicon = Lexicon::builtin();
        let (similar, nearest) = self.nearest(name, &[NodeKind::Agency]);
        // A name without its region: 省药监局.
        let local = name.trim_start_matches(['省', '市', '县', '区', '州', '盟', '旗']);
        let familiarity = if self.text.find(&fold(name)).next().is_some() {
            Familiarity::Named
        } else if lexicon.canonical_agency(name).is_some()
            || lexicon.functions_of(local).next().is_some()
        {
            Familiarity::Known
        } else if similar && is_slip(name, nearest.first().map(|&node| self.graph.label(node))) {
            Familiarity::Similar
        } else {
            Familiarity::Unknown
        };
        (familiarity, nearest)
    }

    /// Returns the result for an agency that nothing knows.
    fn unknown_agency(self, agency: &str) -> Verification {
        let explanation =
            format!("no table of agencies and no document of the corpus knows {agency}");
        let mut found = Verification::new(Verdict::NotInCorpus, explanation);
        found.names.push((agency.to_owned(), Familiarity::Unknown));
        found
    }
}

/// Returns the result for a claim of several parts: that of the parts if all have one verdict, else
/// that of the first part with the gravest verdict.
fn all_of(parts: impl Iterator<Item = Verification>) -> Verification {
    let gravity = |found: &Verification| match found.verdict {
        Verdict::Verified => 0,
        Verdict::Repealed { .. } | Verdict::Expired { .. } => 1,
        Verdict::NotChecked { .. } => 2,
        Verdict::NotInCorpus => 3,
        Verdict::Differs => 4,
    };
    let merged = parts.reduce(|mut all, mut part| {
        if gravity(&part) > gravity(&all) {
            std::mem::swap(&mut all, &mut part);
        } else if gravity(&part) == gravity(&all) {
            all.explanation += &format!("; {}", part.explanation);
            all.quoted.append(&mut part.quoted);
            all.quoted.sort_unstable();
            all.quoted.dedup();
            all.quoted.truncate(Verification::MAX_QUOTED);
            all.places = all.quoted.len().max(all.places).max(part.places);
        }
        let new = |node: &Node, of: &[Node]| !of.contains(node);
        part.subjects.retain(|node| new(node, &all.subjects));
        part.nearest.retain(|node| new(node, &all.nearest));
        all.subjects.append(&mut part.subjects);
        all.nearest.append(&mut part.nearest);
        all.names.append(&mut part.names);
        all
    });
    merged.unwrap_or_else(|| Verification::not_checked("the claim names no agency"))
}

/// Returns true if two names differ in one character: the same function, misspelt.
fn is_slip(name: &str, other: Option<std::borrow::Cow<str>>) -> bool {
    let Some(other) = other else { return false };
    let (a, b): (Vec<char>, Vec<char>) = (name.chars().collect(), other.chars().collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = (a.len() - same).min(b.len() - same);
    let tail = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    a.len().max(b.len()) - same - tail <= 1
}
