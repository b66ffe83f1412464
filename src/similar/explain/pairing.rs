//! One to one, of many likenesses.

/// How alike the `found`th of some things and the `asked`th of others are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pair {
    pub score: f64,
    pub found: usize,
    pub asked: usize,
}

/// Chooses the greatest scores first, none twice from either side, ties by
/// `found`, then `asked`; in the order of `found`.
pub(crate) fn one_to_one(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.sort_by(|x, y| {
        y.score.total_cmp(&x.score).then((x.found, x.asked).cmp(&(y.found, y.asked)))
    });
    let most = |side: fn(&Pair) -> usize| pairs.iter().map(side).max().map_or(0, |most| most + 1);
    let mut found = vec![false; most(|pair| pair.found)];
    let mut asked = vec![false; most(|pair| pair.asked)];
    pairs.retain(|pair| {
        let free = !found[pair.found] && !asked[pair.asked];
        if free {
            (found[pair.found], asked[pair.asked]) = (true, true);
        }
        free
    });
    pairs.sort_by_key(|pair| pair.found);
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_first_and_none_twice() {
        let pair = |score, found, asked| Pair { score, found, asked };
        let all = [pair(0.5, 0, 0), pair(0.9, 0, 1), pair(0.8, 1, 1), pair(0.5, 1, 0)];
        assert_eq!(one_to_one(all.to_vec()), [pair(0.9, 0, 1), pair(0.5, 1, 0)]);
        assert_eq!(one_to_one(Vec::new()), []);
    }
}
