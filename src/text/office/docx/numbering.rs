//! Automatic numbers of paragraphs: definitions of lists and their counters (ECMA-376 part 1, 17.9).

use super::super::xml::Element;
use super::numerals::numeral;
use std::collections::{HashMap, HashSet};

/// Number of levels of a list.
const LEVELS: usize = 9;

/// The lists of a document, and the lists of its styles.
#[derive(Default)]
pub(super) struct Lists {
    /// List of each number id.
    numbers: HashMap<String, List>,
    /// Number id and level of each style of paragraphs.
    styles: HashMap<String, (String, usize)>,
}

/// A list: an abstract one, which counts, with the changes of a number id.
#[derive(Clone, Default)]
struct List {
    counter: String,
    levels: [Level; LEVELS],
    /// Starts that the first use of the number id counts from.
    starts: [Option<u32>; LEVELS],
}

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    /// The number as it is printed, with `%1` for the number of level 1: 第%1条.
    text: String,
    /// True if the numbers of all levels are decimal in it.
    legal: bool,
    /// True if nothing is between the number and the words.
    joined: bool,
    /// The level, from 1, after which it starts again; 0 for none. By default after each one above.
    restart: Option<usize>,
    /// Style of the paragraphs at this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        let format = "none".to_owned();
        Level {
            start: 1,
            format,
            text: String::new(),
            legal: false,
            joined: false,
            restart: None,
            style: None,
        }
    }
}

impl Lists {
    /// Reads the parts `numbering` and `styles`.
    pub(super) fn new(numbering: Option<&Element<'_>>, styles: Option<&Element<'_>>) -> Lists {
        let mut lists = Lists::default();
        let styles = Styles::new(styles);
        let Some(numbering) = numbering else { return lists };
        let named = |name: &'static str| numbering.children().filter(move |e| e.name() == name);
        let abstracts: HashMap<String, &Element<'_>> = named("abstractNum")
            .filter_map(|list| Some((list.attribute("abstractNumId")?, list)))
            .collect();
        let targets: HashMap<String, String> = named("num")
            .filter_map(|num| Some((num.attribute("numId")?, num.value("abstractNumId")?)))
            .collect();
        for num in named("num") {
            let Some(id) = num.attribute("numId") else { continue };
            let Some(mut counter) = num.value("abstractNumId") else { continue };
            // A list may have its levels in the list of a style.
            if let Some(style) = abstracts.get(&counter).and_then(|list| list.value("numStyleLink"))
                && let Some((linked, _)) = styles.list(&style)
                && let Some(target) = targets.get(&linked)
            {
                counter = target.clone();
            }
            let mut list = List { counter, ..List::default() };
            if let Some(definition) = abstracts.get(&list.counter) {
                read_levels(definition, &mut list.levels);
            }
            for change in num.children().filter(|e| e.name() == "lvlOverride") {
                let Some(level) = level_of(change) else { continue };
                read_levels(change, &mut list.levels);
                list.starts[level] = change.value("startOverride").and_then(|n| n.parse().ok());
            }
            lists.numbers.insert(id, list);
        }
        lists.styles = styles.lists(&lists);
        lists
    }

    /// Returns the number id and the level of a paragraph, by its properties or else its style.
    pub(super) fn of(&self, properties: Option<&Element<'_>>) -> Option<(String, usize)> {
        let of_style = properties
            .and_then(|properties| properties.value("pStyle"))
            .and_then(|style| self.styles.get(&style));
        let own = properties.and_then(|properties| properties.child("numPr"));
        let level = own.and_then(|own| own.value("ilvl")).and_then(|level| level.parse().ok());
        match (own.and_then(|own| own.value("numId")), of_style) {
            (Some(id), style) => Some((id, level.or(style.map(|style| style.1)).unwrap_or(0))),
            (None, Some((id, of_style))) => Some((id.clone(), level.unwrap_or(*of_style))),
            (None, None) => None,
        }
    }
}

/// Counters of the lists while the paragraphs are read.
#[derive(Default)]
pub(super) struct Counters {
    /// Last number at each level of a list, `None` before the first.
    numbers: HashMap<String, [Option<u32>; LEVELS]>,
    /// Number ids that were used.
    used: HashSet<String>,
}

impl Counters {
    /// Counts a paragraph of a list. Returns its number as it is printed, with a blank behind it if
    /// there is one; `None` for no number.
    pub(super) fn next(&mut self, lists: &Lists, id: &str, level: usize) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let list = lists.numbers.get(id)?;
        let numbers = self.numbers.entry(list.counter.clone()).or_default();
        if self.used.insert(id.to_owned()) {
            for (number, start) in numbers.iter_mut().zip(list.starts) {
                *number = start.map(|start| start.saturating_sub(1)).or(*number);
            }
        }
        let number = |numbers: &[Option<u32>; LEVELS], at: usize| {
            numbers[at].unwrap_or(list.levels[at].start)
        };
        numbers[level] = Some(match numbers[level] {
            Some(last) => last.saturating_add(1),
            None => list.levels[level].start,
        });
        let deeper = numbers.iter_mut().zip(&list.levels).zip(list.starts).skip(level + 1);
        for ((number, deeper), start) in deeper {
            // A level starts again after each level above it, or after the one that it names.
            if deeper.restart.is_none_or(|after| level < after) {
                *number = start.map(|start| start.saturating_sub(1));
            }
        }
        let own = &list.levels[level];
        numeral(1, &own.format)?;
        let mut text = own.text.clone();
        for at in 0..LEVELS {
            let mark = format!("%{}", at + 1);
            if text.contains(&mark) {
                let format = if own.legal { "decimal" } else { &list.levels[at].format };
                let words = numeral(number(numbers, at), format).unwrap_or_default();
                text = text.replace(&mark, &words);
            }
        }
        let joined =
            own.joined || text.is_empty() || text.ends_with(['、', '）', ')', '．', '】', '：']);
        Some(if joined { text } else { text + " " })
    }
}

/// Reads the levels of a list, or of the changes of a number id.
fn read_levels(list: &Element<'_>, levels: &mut [Level; LEVELS]) {
    for level in list.children().filter(|e| e.name() == "lvl") {
        let Some(at) = level_of(level) else { continue };
        levels[at] = Level {
            start: level.value("start").and_then(|start| start.parse().ok()).unwrap_or(0),
            format: level_format(level).unwrap_or_else(|| "decimal".to_owned()),
            text: level.value("lvlText").unwrap_or_default(),
            legal: level.child("isLgl").is_some_and(|legal| {
                !legal.attribute("val").is_some_and(|val| val == "0" || val == "false")
            }),
            joined: level.value("suff").as_deref() == Some("nothing"),
            restart: level.value("lvlRestart").and_then(|level| level.parse().ok()),
            style: level.value("pStyle"),
        };
    }
}

/// Returns the format of the numbers of a level, which newer writers put in an alternative.
fn level_format(level: &Element<'_>) -> Option<String> {
    level.value("numFmt").or_else(|| {
        let alternative = level.child("AlternateContent")?;
        alternative.child("Fallback")?.value("numFmt")
    })
}

fn level_of(element: &Element<'_>) -> Option<usize> {
    element.attribute("ilvl")?.parse().ok().filter(|&level| level < LEVELS)
}

/// The styles of paragraphs and lists, by id.
struct Styles(HashMap<String, Style>);

struct Style {
    based_on: Option<String>,
    number: Option<String>,
    level: Option<usize>,
}

/// Maximum number of styles that are based on each other.
const MAX_BASES: usize = 16;

impl Styles {
    fn new(part: Option<&Element<'_>>) -> Styles {
        let styles = part.into_iter().flat_map(Element::children).filter(|e| e.name() == "style");
        let style = |style: &Element<'_>| {
            let list = style.child("pPr").and_then(|properties| properties.child("numPr"));
            let read = Style {
                based_on: style.value("basedOn"),
                number: list.and_then(|list| list.value("numId")),
                level: list.and_then(|list| list.value("ilvl")).and_then(|n| n.parse().ok()),
            };
            Some((style.attribute("styleId")?, read))
        };
        Styles(styles.filter_map(style).collect())
    }

    /// Returns the number id of a style, and its level if it states one: its own, or that of the style
    /// that it is based on.
    fn list(&self, id: &str) -> Option<(String, Option<usize>)> {
        let mut level = None;
        let mut id = Some(id);
        for _ in 0..MAX_BASES {
            let style = self.0.get(id?)?;
            level = level.or(style.level);
            if let Some(number) = &style.number {
                return Some((number.clone(), level));
            }
            id = style.based_on.as_deref();
        }
        None
    }

    /// Returns the number id and level of each style that has one. A level of the list may name the
    /// style.
    fn lists(&self, lists: &Lists) -> HashMap<String, (String, usize)> {
        let list = |id: &String| {
            let (number, level) = self.list(id)?;
            let levels = lists.numbers.get(&number).map(|list| &list.levels);
            let named = levels.and_then(|levels| {
                levels.iter().position(|level| level.style.as_deref() == Some(id))
            });
            Some((id.clone(), (number, named.or(level).unwrap_or(0))))
        };
        self.0.keys().filter_map(list).collect()
    }
}
