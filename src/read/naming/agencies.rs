//! Public bodies named in running text.

use super::canonical::{OWN, RELATIVE, Seat};
use crate::lexicon::{Level, Meaning, RegionIndex, Token};
use crate::read::context::Context;
use crate::text::{after_last, is_han, occurrences, suffix_start};
use std::ops::Range;

/// A public body named in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    pub name: String,
    pub range: Range<usize>,
}

/// True if a name says 省 or 市 and leaves open which.
pub(crate) fn is_relative(name: &str) -> bool {
    RELATIVE.iter().chain(&OWN).any(|word| name.starts_with(word))
}

/// Adds a mention that does not overlap the last; of two the longer stays.
fn push_apart(mentions: &mut Vec<Mention>, mention: Mention) {
    match mentions.last_mut() {
        Some(last) if mention.range.start < last.range.end => {
            if mention.range.len() > last.range.len() {
                *last = mention;
            }
        }
        _ => mentions.push(mention),
    }
}

/// What makes a class of bodies of the name behind it: 各市药监局.
const EACH: [&str; 8] = ["各", "有关", "相关", "本级", "同级", "其他", "属地", "所在地"];

/// True if `before` makes a class of the name behind it.
fn each(before: &str) -> bool {
    EACH.iter().any(|word| before.ends_with(word))
}

impl Context<'_> {
    /// The bodies named in a range, in order.
    pub fn agencies(&self, range: &Range<usize>) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = Vec::new();
        let mut defined = self.defined.mentions(range).iter().peekable();
        for &token in self.tokens(range) {
            let Some(word) = self.name_word(range, token) else { continue };
            while let Some(short) = defined.next_if(|m| m.range.start < word.start) {
                push_apart(&mut mentions, short.clone());
            }
            let after = mentions.last().filter(|m| self.lists_on(m.range.end..word.start));
            let seat = after.and_then(|m| self.seat_of(&m.name));
            if let Some(mention) = self.mention(range, word, token, seat) {
                push_apart(&mut mentions, mention);
            }
        }
        for short in defined {
            push_apart(&mut mentions, short.clone());
        }
        mentions
    }

    /// The names of departments in a range, whether of one body or of a class:
    /// 药品监管部门.
    pub fn department_words(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let departments = self.tokens(range).iter().filter(|t| self.is_department(**t));
        departments.filter_map(|token| self.name_word(range, *token)).collect()
    }

    fn is_department(&self, token: Token) -> bool {
        self.meanings(token).contains(&Meaning::Department)
    }

    /// What `token` names a body with: 药监局, 药品监管部门.
    fn name_word(&self, range: &Range<usize>, token: Token) -> Option<Range<usize>> {
        if self.is_department(token) {
            let before = self.text(range.start..token.start as usize);
            let stem = self.lexicon.agencies.stems.end(before)?;
            return Some(token.start as usize - stem.len()..token.end as usize);
        }
        let is_name = |m: &Meaning| matches!(m, Meaning::Function | Meaning::Body(_));
        self.meanings(token).iter().any(is_name).then(|| token.range())
    }

    /// True if nothing but a list mark stands there.
    pub fn lists_on(&self, range: Range<usize>) -> bool {
        range.start < range.end
            && matches!(
                self.text(range),
                "、" | "和" | "与" | "及" | "," | "联合" | "会同" | "以及"
            )
    }

    /// The body whose name ends with `word`; the region is looked for before
    /// it. `listed` is the seat of the name before it in a list, which a
    /// bare name shares.
    fn mention(
        &self,
        range: &Range<usize>,
        place: Range<usize>,
        token: Token,
        listed: Option<Seat>,
    ) -> Option<Mention> {
        let word = self.text(place.clone());
        if word.ends_with('部') && self.view.text[place.end..].starts_with('门') {
            return None; // 教育部门 is not 教育部.
        }
        let before = self.text(range.start..place.start);
        if let Some((_, start)) = self.region_before(before) {
            return self.named(range.start + start..place.end, None);
        }
        if let Some(body) = self.body(token) {
            let latin = word.is_ascii() && before.ends_with(|c: char| c.is_ascii_alphanumeric());
            return (!latin).then(|| Mention { name: body.to_owned(), range: place });
        }
        let standing = || {
            let region = self.place.region?;
            let level = self.lexicon.regions.get(region).level();
            (!each(before) && self.stands_alone(word, level)).then_some(Seat::Region(region))
        };
        let seat = listed.or_else(standing)?;
        self.named(place, Some(seat))
    }

    /// 充分发挥现有药品标准化委员会作用: a standing body of which the region has one.
    fn stands_alone(&self, word: &str, level: Level) -> bool {
        let standing =
            ["委员会", "研究院", "检验院", "联席会议"].iter().any(|organ| word.ends_with(organ));
        let function = self.lexicon.agencies.function(word, level, false).filter(|_| standing);
        function.is_some_and(|function| {
            function.name == word && function.levels.contains(&level) && word.chars().count() >= 8
        })
    }

    fn named(&self, range: Range<usize>, seat: Option<Seat>) -> Option<Mention> {
        let name = self.resolve(self.text(range.clone()), seat)?;
        Some(Mention { name, range })
    }

    fn body(&self, token: Token) -> Option<&str> {
        self.meanings(token).iter().find_map(|meaning| match meaning {
            Meaning::Body(index) => {
                Some(self.lexicon.agencies.bodies[*index as usize].name.as_str())
            }
            _ => None,
        })
    }

    /// The region, or the word for the document's own, that ends `text`; a
    /// party committee in between is stepped over. `None` for a class.
    fn region_before(&self, text: &str) -> Option<(RegionIndex, usize)> {
        let bare = text.strip_suffix("党委").or_else(|| text.strip_suffix('委')).unwrap_or(text);
        if !bare.ends_with(is_han) {
            return None;
        }
        let (region, start) = match self.lexicon.regions.suffix(bare, self.place.region) {
            Some(found) => found,
            None => {
                let word = RELATIVE.iter().find(|word| bare.ends_with(**word))?;
                let start = bare.len() - word.len();
                // 盟市, 省、市药监局, 县(市): not one of them.
                let before = bare[..start].strip_suffix('、').unwrap_or(&bare[..start]);
                let listed =
                    before.ends_with(['省', '市', '县', '区', '旗', '盟', '州', '(', '级']);
                (self.relative(word).filter(|_| !listed)?, start)
            }
        };
        let before = &text[..start];
        let own = OWN.iter().find(|own| before.ends_with(**own)).map_or(0, |own| own.len());
        // 健全省药监局…机制 is not 全省.
        let whole = before.ends_with('全')
            && !["健全", "安全", "完全"].iter().any(|word| before.ends_with(word));
        if whole || each(before) {
            return None;
        }
        let party = if before.ends_with("中共") { "中共".len() } else { 0 };
        Some((region, start - own - party))
    }

    /// Where a name without any region belongs, standing alone.
    pub fn own_seat(&self) -> Seat {
        self.place.region.map_or(Seat::Nation, Seat::Region)
    }

    /// The seat of an agency, from its canonical name.
    pub fn seat_of(&self, name: &str) -> Option<Seat> {
        if self.lexicon.agencies.body(name).is_some() {
            return Some(Seat::Nation);
        }
        self.region_of(name).map(|(region, _)| Seat::Region(region))
    }

    /// The region in an agency's canonical name, and the rest of the name.
    pub fn region_of<'n>(&self, name: &'n str) -> Option<(RegionIndex, &'n str)> {
        let bare = name.strip_prefix("中共").unwrap_or(name);
        let (region, len) = self.lexicon.regions.prefix(bare, self.place.region)?;
        Some((region, &bare[len..]))
    }

    /// 自治区工信、科技等部门: field words in a list, with the region before the
    /// first.
    pub fn departments(&self, range: &Range<usize>) -> Vec<Mention> {
        /// No list of departments is longer, in characters.
        const LONGEST: usize = 150;
        let text = self.text(range.clone());
        let mut mentions = Vec::new();
        for at in occurrences(text, "等部门").chain(occurrences(text, "等有关部门")) {
            let near = suffix_start(&text[..at], LONGEST);
            let clause = near + after_last(&text[near..at], &['。', ',', ';', '(']);
            let mut words = text[clause..at].rsplit('、').peekable();
            let mut end = at;
            let mut list = Vec::new();
            while let Some(word) = words.next() {
                let start = end - word.len();
                let is_first = words.peek().is_none();
                let relative = RELATIVE.iter().filter_map(|relative| word.rfind(relative)).min();
                match relative.filter(|_| is_first) {
                    Some(from) => list.push(start + from..end),
                    None => list.push(start..end),
                }
                end = start.saturating_sub('、'.len_utf8());
            }
            list.reverse();
            let Some(first) = list.first().cloned() else { continue };
            let Some(name) = self.resolve(&text[first.clone()], None) else { continue };
            let seat = self.seat_of(&name);
            mentions
                .push(Mention { name, range: range.start + first.start..range.start + first.end });
            for item in list.into_iter().skip(1) {
                if let Some(name) = self.known(&text[item.clone()], seat) {
                    mentions.push(Mention {
                        name,
                        range: range.start + item.start..range.start + item.end,
                    });
                }
            }
        }
        mentions
    }
}
