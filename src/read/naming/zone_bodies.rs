//! Bodies that run zones, in running text: 合肥高新区管委会.

use super::agencies::{named, region_before};
use super::names::{AgencyMention, Names};
use crate::lexicon::Level;
use crate::read::word_places::Sought;
use std::ops::Range;

/// Returns the bodies that run zones, each with the region or the name of its zone: 合肥高新区管委会. A
/// province has many zones: 省开发区管委会 is a class. A body that is only set up is none.
pub(crate) fn zone_seats(names: &Names, range: &Range<usize>) -> Vec<AgencyMention> {
    let text = names.text;
    let (lexicon, words) = (text.lexicon, &text.lexicon.names);
    let start_of_zone = |before: &str| {
        if let Some((_, zone)) = lexicon.zones.suffix(before) {
            return Some(before.len() - zone);
        }
        let (region, start) = region_before(names, words.zones.strip_end(before)?)?;
        let province = lexicon.regions.get(region).name.ends_with(['省', '区'])
            && lexicon.regions.get(region).level() == Level::Province;
        (!province).then_some(start)
    };
    let seat = |seat: Range<usize>| {
        let before = text.slice(range.start..seat.start);
        let start = start_of_zone(before)?;
        let set_up = lexicon.cues.agencies.set_up.end(&before[..start]).is_some();
        (!set_up).then(|| named(names, range.start + start..seat.end, None))?
    };
    text.places(Sought::ZoneSeats, range).filter_map(seat).collect()
}
