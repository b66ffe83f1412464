//! Random numbers that no library version changes: a corpus is identified by its
//! seed, so the stream of a seed must stay the same.

/// SplitMix64.
pub(super) struct Rng(u64);

impl Rng {
    /// Returns the stream of one document and one `purpose`, so that a document
    /// can be made without the others.
    pub(super) fn new(seed: u64, document: usize, purpose: u64) -> Self {
        let mut rng = Rng(seed);
        for part in [document as u64, purpose] {
            rng = Rng(rng.next() ^ part);
        }
        rng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number of `0..bound`, all equally likely.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// Returns a number of `0..bound`, small ones more likely: the first hundredth
    /// of the range gets a tenth of the draws. Integer arithmetic, as powers of
    /// floats differ between machines.
    pub(super) fn skewed(&mut self, bound: usize) -> usize {
        let fraction = self.below(1 << 20) as u64;
        ((fraction * fraction * bound as u64) >> 40) as usize
    }

    /// Returns true with a probability of `share` percent.
    pub(super) fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
