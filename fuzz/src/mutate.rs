//! Random changes of inputs.

use fastrand::Rng;

/// Maximum length of an input in bytes.
pub const MAX_LENGTH: usize = 4096;

/// Makes inputs from saved ones and the words of a dictionary. Equal seeds give equal inputs.
pub struct Mutator<'d> {
    dictionary: &'d [Vec<u8>],
    random: Rng,
}

impl<'d> Mutator<'d> {
    pub fn new(dictionary: &'d [Vec<u8>], seed: u64) -> Self {
        Mutator { dictionary, random: Rng::with_seed(seed) }
    }

    /// Returns an input: one of `inputs` with 1 to 16 changes, or one time in 16 random bytes.
    pub fn next(&mut self, inputs: &[Vec<u8>]) -> Vec<u8> {
        let mut input = match self.random.choice(inputs) {
            Some(input) if self.random.u8(..16) > 0 => input.clone(),
            _ => self.noise(512),
        };
        for _ in 0..1 << self.random.u8(..5) {
            let other = self.random.choice(inputs).map_or(&[][..], Vec::as_slice);
            self.change(&mut input, other);
        }
        input.truncate(input.len().min(MAX_LENGTH.max(longest(inputs))));
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, other: &[u8]) {
        let (start, end) = self.range(input.len());
        let at = self.random.usize(..=input.len());
        match self.random.u8(..10) {
            0 if start < end => input[start] ^= 1 << self.random.u8(..8),
            1 if start < end => input[start] = self.random.u8(..),
            2 => _ = input.splice(at..at, self.noise(8)),
            3 => _ = input.drain(start..end),
            // The words are what the readers look for, so they are inserted most often.
            4..=6 => {
                let word = self.random.choice(self.dictionary).cloned().unwrap_or_default();
                let at = boundary(input, at);
                input.splice(at..at, word);
            }
            7 => {
                let part = input[start..end].repeat(1 + self.random.usize(..4));
                input.splice(at..at, part);
            }
            8 => {
                let (from, to) = self.range(other.len());
                input.splice(start..end, other[from..to].iter().copied());
            }
            _ => input.truncate(at.max(1)),
        }
    }

    /// Returns a range of a length; shorter ranges are more likely.
    fn range(&mut self, length: usize) -> (usize, usize) {
        let start = self.random.usize(..=length);
        let longest = length.min(1 << self.random.u8(..12));
        (start, (start + self.random.usize(..=longest)).min(length))
    }

    fn noise(&mut self, longest: usize) -> Vec<u8> {
        (0..self.random.usize(..longest)).map(|_| self.random.u8(..)).collect()
    }
}

/// Returns the last place at or before `at` that is not inside a UTF-8 character.
fn boundary(input: &[u8], at: usize) -> usize {
    let is_inside = |at: usize| input.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
    (at.saturating_sub(3)..=at).rev().find(|&at| !is_inside(at)).unwrap_or(at)
}

fn longest(inputs: &[Vec<u8>]) -> usize {
    inputs.iter().map(Vec::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_seeds_give_equal_inputs() {
        let inputs = ["一、药品抽检。".as_bytes().to_vec(), b"1.".to_vec()];
        let made = |seed| {
            let mut mutator = Mutator::new(crate::dictionary(), seed);
            (0..1000).map(|_| mutator.next(&inputs)).collect::<Vec<_>>()
        };
        assert!(made(1) == made(1) && made(1) != made(2));
    }
}
