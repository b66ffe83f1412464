use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Index;
use crate::corpus::Corpus;
use crate::graph::{DocumentRef, Graph, MeasureId, MeasureRef};
use crate::lexicon::Lexicon;
use crate::model::Record;
use std::sync::Arc;

/// Minimum similarity of two wordings of one measure: below it one was removed and another added.
const ALTERED: f32 = 0.5;

/// Number of measures of each version, without those with the same words, that are compared each with
/// each.
const COMPARED: usize = 1000;

/// A change of a measure (条文变化) from an older version of a document to a newer one: [`changes`].
/// With two measures, the older one comes first.
///
/// ```
/// use policygraph::builtin;
/// use policygraph::similar::MeasureChange;
///
/// let measure = builtin().measure("sx-2025/8").unwrap();
/// assert_ne!(MeasureChange::Added(measure), MeasureChange::Removed(measure));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasureChange<'g> {
    /// No measure of the older version is like it.
    Added(MeasureRef<'g>),
    /// No measure of the newer version is like it.
    Removed(MeasureRef<'g>),
    /// The same words at another place.
    Moved(MeasureRef<'g>, MeasureRef<'g>),
    /// Other words, at the same place or another.
    Altered(MeasureRef<'g>, MeasureRef<'g>),
}

/// Returns the changes of the measures from an older version of a document to a newer one, in the order
/// of the newer one; what was removed comes where it stood. The two can be of two graphs.
///
/// * Measures with the same words are one measure, wherever they stand; blanks do not count. The others
///   are paired, the most similar ones first, if their score is at least 0.5. So one inserted measure is
///   one change.
/// * O(n log n) in the measures with the same words, and compares all pairs of the others: of the first
///   1,000 of each version. Those after them are added or removed.
///
/// ```
/// use policygraph::similar::{MeasureChange, changes};
/// use policygraph::{Corpus, Lexicon, read};
///
/// let lexicon = Lexicon::builtin();
/// let mut corpus = Corpus::new();
/// corpus.insert(read(lexicon, "2024", "一、改造老旧管网。更换灰口铸铁管。\n二、开展水质检测。每季度检测一次。"));
/// corpus.insert(read(lexicon, "2025", "一、加强节水宣传。\n二、改造老旧管网。更换灰口铸铁管。\n三、开展水质检测。每月检测两次。"));
/// let graph = corpus.graph(lexicon);
/// let [older, newer] = ["2024", "2025"].map(|key| graph.document(key).unwrap());
///
/// let measure = |key| graph.measure(key).unwrap();
/// let added = MeasureChange::Added(measure("2025/1"));
/// let altered = MeasureChange::Altered(measure("2024/2"), measure("2025/3"));
/// assert_eq!(changes(older, newer, lexicon), [added, altered]);
/// ```
pub fn changes<'g>(
    older: DocumentRef<'g>,
    newer: DocumentRef<'g>,
    lexicon: &Lexicon,
) -> Vec<MeasureChange<'g>> {
    let was: Vec<MeasureRef<'g>> = older.measures().collect();
    let is: Vec<MeasureRef<'g>> = newer.measures().collect();
    let words = |of: &[MeasureRef<'_>]| of.iter().map(|&of| words(of)).collect::<Vec<_>>();
    let (old_words, new_words) = (words(&was), words(&is));
    let mut pairs = same_words(&old_words, &new_words);
    pairs.extend(altered(older.record(), newer.record(), &pairs, lexicon));
    let of_newer: HashMap<usize, usize> = pairs.iter().map(|(&old, &new)| (new, old)).collect();
    let in_order: Vec<usize> =
        (0..is.len()).filter_map(|new| of_newer.get(&new).copied()).collect();
    let in_place = longest_ascending(&in_order);

    let mut changes = Vec::new();
    let mut removed = (0..was.len()).filter(|old| !pairs.contains_key(old)).peekable();
    for (new, &measure) in is.iter().enumerate() {
        let Some(&old) = of_newer.get(&new) else {
            changes.push(MeasureChange::Added(measure));
            continue;
        };
        while let Some(gone) = removed.next_if(|&gone| gone < old) {
            changes.push(MeasureChange::Removed(was[gone]));
        }
        if old_words[old] != new_words[new] {
            changes.push(MeasureChange::Altered(was[old], measure));
        } else if !in_place.contains(&old) {
            changes.push(MeasureChange::Moved(was[old], measure));
        }
    }
    changes.extend(removed.map(|gone| MeasureChange::Removed(was[gone])));
    changes
}

/// Places of measures of the older version, each with the place in the newer one.
type Pairs = BTreeMap<usize, usize>;

/// Returns the pairs with the same words, each measure once, in text order.
fn same_words(older: &[String], newer: &[String]) -> Pairs {
    let mut by_words: HashMap<&str, Vec<usize>> = HashMap::new();
    for (old, words) in older.iter().enumerate().rev() {
        by_words.entry(words).or_default().push(old);
    }
    let pair = |(new, words): (usize, &String)| Some((by_words.get_mut(&**words)?.pop()?, new));
    newer.iter().enumerate().filter_map(pair).collect()
}

/// Returns the pairs of the other measures, the most similar ones first, each measure once.
fn altered(older: &Record, newer: &Record, same: &Pairs, lexicon: &Lexicon) -> Pairs {
    let taken: BTreeSet<usize> = same.values().copied().collect();
    let others = (0..older.measures.len()).filter(|old| !same.contains_key(old));
    let lefts: Vec<usize> = others.take(COMPARED).collect();
    let others = (0..newer.measures.len()).filter(|new| !taken.contains(new));
    let rights: Vec<usize> = others.take(COMPARED).collect();
    if lefts.is_empty() || rights.is_empty() {
        return Pairs::new();
    }
    let graph = of_two(older, newer, lexicon);
    let index = Index::new(&*graph, lexicon);
    let ids = |key| -> Vec<MeasureId> {
        graph.document(key).into_iter().flat_map(|of| of.measures()).map(|of| of.id()).collect()
    };
    let (was, is) = (ids("older"), ids("newer"));
    let others: Vec<MeasureId> = rights.iter().map(|&right| is[right]).collect();
    let mut scored: Vec<(f32, usize, usize)> = Vec::new();
    for &left in &lefts {
        let scores = index.scores(was[left], &others).into_iter().zip(&rights);
        scored.extend(scores.filter(|(score, _)| *score >= ALTERED).map(|(s, &r)| (s, left, r)));
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut pairs, mut used) = (Pairs::new(), BTreeSet::new());
    for (_, left, right) in scored {
        if !pairs.contains_key(&left) && used.insert(right) {
            pairs.insert(left, right);
        }
    }
    pairs
}

/// Returns the graph of two versions, `older` and `newer`.
fn of_two(older: &Record, newer: &Record, lexicon: &Lexicon) -> Arc<Graph> {
    let mut corpus = Corpus::new();
    for (key, record) in [("older", older), ("newer", newer)] {
        corpus.insert(Record { key: key.to_owned(), ..record.clone() });
    }
    corpus.graph(lexicon)
}

/// Returns the words of a measure without its number and blanks.
fn words(measure: MeasureRef<'_>) -> String {
    measure.text().chars().filter(|c| !c.is_whitespace()).collect()
}

/// Returns the items of the longest ascending subsequence: those that did not move. O(n log n).
fn longest_ascending<T: Copy + Ord>(items: &[T]) -> BTreeSet<T> {
    // The index of the last item of the best subsequence of each length, and the item before each.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let length = ends.partition_point(|&end| items[end] < *item);
        before.push(length.checked_sub(1).map(|length| ends[length]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let last = ends.last().copied();
    std::iter::successors(last, |&at| before[at]).map(|at| items[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    fn kinds(older: &str, newer: &str) -> Vec<String> {
        let lexicon = Lexicon::builtin();
        let mut corpus = Corpus::new();
        corpus.insert(read(lexicon, "1", older));
        corpus.insert(read(lexicon, "2", newer));
        let graph = corpus.graph(lexicon);
        let [older, newer] = ["1", "2"].map(|key| graph.document(key).unwrap());
        let kind = |change: &MeasureChange| match change {
            MeasureChange::Added(new) => format!("+{}", new.position()),
            MeasureChange::Removed(old) => format!("-{}", old.position()),
            MeasureChange::Moved(old, new) => format!("{}→{}", old.position(), new.position()),
            MeasureChange::Altered(old, new) => format!("{}~{}", old.position(), new.position()),
        };
        changes(older, newer, lexicon).iter().map(kind).collect()
    }

    const OLD: &str = "一、改造老旧管网。更换灰口铸铁管。\n二、更新水厂设备。改进净水工艺。\n\
        三、开展水质检测。每季度检测一次。\n四、完善水价机制。落实阶梯水价。";

    #[test]
    fn one_inserted_measure_is_one_change() {
        let new = "一、加强节水宣传。开展节水周活动。\n二、改造老旧管网。更换灰口铸铁管。\n\
            三、更新水厂设备。改进净水工艺。\n四、开展水质检测。每季度检测一次。\n\
            五、完善水价机制。落实阶梯水价。";
        assert_eq!(kinds(OLD, new), ["+1"]);
        assert_eq!(kinds(new, OLD), ["-1"]);
        assert!(kinds(OLD, OLD).is_empty());
    }

    #[test]
    fn moved_and_altered_measures_are_told_apart() {
        let moved = "一、完善水价机制。落实阶梯水价。\n二、改造老旧管网。更换灰口铸铁管。\n\
            三、更新水厂设备。改进净水工艺。\n四、开展水质检测。每季度检测一次。";
        assert_eq!(kinds(OLD, moved), ["4→1"]);
        let altered = OLD.replace("每季度检测一次", "每月检测两次");
        assert_eq!(kinds(OLD, &altered), ["3~3"]);
        // Two measures with the same words that change in the same way are two changes.
        let [old, new] = ["每季度检测一次", "每月检测两次"]
            .map(|words| format!("一、开展水质检测。{words}。\n二、开展水质检测。{words}。"));
        assert_eq!(kinds(&old, &new), ["1~1", "2~2"]);
    }

    #[test]
    fn a_removed_measure_comes_where_it_stood() {
        let lines: Vec<&str> = OLD.lines().collect();
        assert_eq!(kinds(OLD, &[lines[0], lines[2], lines[3]].join("\n")), ["-2"]);
        let without_last = lines[..3].join("\n");
        assert_eq!(kinds(OLD, &format!("{without_last}\n四、加强节水宣传。")), ["+4", "-4"]);
        assert!(kinds("", "").is_empty());
    }
}
