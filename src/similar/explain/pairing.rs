//! Greedy one-to-one matching of scored pairs.

/// The score of item `matched` of one list and item `query` of another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pair {
    pub score: f64,
    pub matched: usize,
    pub query: usize,
}

/// Chooses pairs by descending score, ties by `matched`, then `query`, and no item twice.
/// Returns them in the order of `matched`.
pub(crate) fn greedy_matching(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.sort_by(|x, y| {
        y.score.total_cmp(&x.score).then((x.matched, x.query).cmp(&(y.matched, y.query)))
    });
    let len = |side: fn(&Pair) -> usize| pairs.iter().map(side).max().map_or(0, |last| last + 1);
    let mut matched = vec![false; len(|pair| pair.matched)];
    let mut query = vec![false; len(|pair| pair.query)];
    pairs.retain(|pair| {
        let free = !matched[pair.matched] && !query[pair.query];
        if free {
            (matched[pair.matched], query[pair.query]) = (true, true);
        }
        free
    });
    pairs.sort_by_key(|pair| pair.matched);
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_score_first_and_no_item_twice() {
        let pair = |score, matched, query| Pair { score, matched, query };
        let all = [pair(0.5, 0, 0), pair(0.9, 0, 1), pair(0.8, 1, 1), pair(0.5, 1, 0)];
        assert_eq!(greedy_matching(all.to_vec()), [pair(0.9, 0, 1), pair(0.5, 1, 0)]);
        assert_eq!(greedy_matching(Vec::new()), []);
    }
}
