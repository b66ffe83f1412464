//! Words that every range of a text is searched for, found in one search of the whole text.

use crate::lexicon::Lexicon;
use crate::number::to_u32;
use crate::text::occurrences;
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::ops::Range;

/// Words that each range is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sought {
    /// Verbs that name who leads: 牵头.
    LeadVerbs,
    /// 负责 after the bodies that are responsible.
    Responsible,
    /// Words after a name that stand for further bodies: 等部门.
    OtherBodies,
    /// Ends of the names of the bodies that run zones: 管委会.
    ZoneSeats,
    /// Nouns that end the name of a list of goods or works: 目录.
    ListNouns,
}

impl Sought {
    /// Number of values.
    const COUNT: usize = 5;

    /// Returns the places in a text, ascending, the longest first of those with one start.
    fn search(self, lexicon: &Lexicon, text: &str) -> Places {
        const RESPONSIBLE: &str = "负责";
        let cues = &lexicon.cues;
        let listed = match self {
            Sought::LeadVerbs => Some(&cues.duties.leading),
            Sought::Responsible => None,
            Sought::OtherBodies => Some(&cues.agencies.others),
            Sought::ZoneSeats => Some(&lexicon.names.zone_seats),
            Sought::ListNouns => Some(&cues.citations.lists),
        };
        let place = |range: Range<usize>| (to_u32(range.start), to_u32(range.end));
        let mut places: Vec<(u32, u32)> = match listed {
            Some(words) => words.occurrences(text).map(place).collect(),
            None => {
                occurrences(text, RESPONSIBLE).map(|at| place(at..at + RESPONSIBLE.len())).collect()
            }
        };
        places.sort_unstable_by_key(|&(start, end)| (start, Reverse(end)));
        places.into()
    }
}

/// Starts and ends of words in a text.
type Places = Box<[(u32, u32)]>;

/// The places of these words in a text, each kind found on first use.
#[derive(Default)]
pub(crate) struct WordPlaces([OnceCell<Places>; Sought::COUNT]);

impl WordPlaces {
    /// Returns the places inside a range, ascending, the longest first of those with one start. O(log n)
    /// after the first use.
    pub(crate) fn inside(
        &self,
        lexicon: &Lexicon,
        text: &str,
        sought: Sought,
        range: &Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> {
        let places = self.0[sought as usize].get_or_init(|| sought.search(lexicon, text));
        let first = places.partition_point(|&(start, _)| (start as usize) < range.start);
        let places = places[first..].iter().map(|&(start, end)| start as usize..end as usize);
        let end = range.end;
        places.take_while(move |place| place.start < end).filter(move |place| place.end <= end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_inside_a_range_are_those_of_a_search_of_it() {
        let lexicon = Lexicon::builtin();
        let text = "由市财政局牵头,目录清单、名录等部门负责;高新区管委会牵头负责。";
        let bounds: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let places = WordPlaces::default();
        for sought in [
            Sought::LeadVerbs,
            Sought::Responsible,
            Sought::OtherBodies,
            Sought::ZoneSeats,
            Sought::ListNouns,
        ] {
            for (at, &start) in bounds.iter().enumerate() {
                for &end in &bounds[at..] {
                    let alone = sought.search(lexicon, &text[start..end]);
                    let alone =
                        alone.iter().map(|&(from, to)| start + from as usize..start + to as usize);
                    let range = start..end;
                    let inside = places.inside(lexicon, text, sought, &range);
                    assert!(inside.eq(alone), "{sought:?} {range:?}");
                }
            }
            let all = 0..text.len();
            assert!(places.inside(lexicon, text, sought, &all).next().is_some());
        }
    }
}
