//! Numbers that are the same on every run and with every version of a library:
//! a made corpus is named by its seed, so its stream must never change.

/// SplitMix64.
pub struct Dice(u64);

impl Dice {
    /// A stream of its own for each document and each `purpose`, so that one
    /// document is made without the others.
    pub fn new(seed: u64, document: usize, purpose: u64) -> Self {
        let mut dice = Dice(seed);
        for part in [document as u64, purpose] {
            dice = Dice(dice.next() ^ part);
        }
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Any of `0..bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// The same, the small numbers likeliest: the first hundredth of a list has
    /// a tenth of the draws. Whole numbers, as powers of fractions are not the
    /// same on every machine.
    pub fn skewed(&mut self, bound: usize) -> usize {
        let fraction = self.below(1 << 20) as u64;
        ((fraction * fraction * bound as u64) >> 40) as usize
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
