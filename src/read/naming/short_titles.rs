//! Short names that the text defines for instruments: (以下简称《意见》).

use super::citations;
use super::definitions::Definition;
use super::names::{Names, ShortTitles};

/// Returns the instruments among the definitions.
pub(crate) fn short_titles(names: &Names, definitions: &[Definition]) -> ShortTitles {
    let text = names.text;
    let mut titles = ShortTitles::default();
    for Definition { short, full } in definitions {
        let title = text.slice(full.clone());
        if !title.starts_with('《') || !title.ends_with('》') {
            continue;
        }
        let name = text.slice(short.clone()).trim_matches(['《', '》']);
        let close = full.end - '》'.len_utf8();
        let range = full.start..text.all().len();
        titles.define(name, short.start, citations::titled(names, &range, full.start, close));
    }
    titles
}
