use super::dictionary::{Dictionary, Match};
use super::{Lexicon, Words};
use crate::error::Error;
use crate::model::Modality;
use crate::number::to_u32;
use indexmap::IndexMap;

/// A word of the vocabularies in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub start: u32,
    pub end: u32,
    word: u32,
}

impl Token {
    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A meaning of a word. Numbers are indices into the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A function of government, to be resolved by [`Agencies::function`](super::Agencies).
    Function,
    /// The start of the name of an office in a region (人行, 共青团), or the whole of it (团市委).
    Office,
    /// 部门 after a field word.
    Department,
    /// A national body.
    Body(u32),
    /// A product category.
    Product(u32),
    /// A modifier directly before its head: 创新药品.
    Modified { modifier: u32, head: u32 },
    /// A head alone: 药品.
    Head(u32),
    /// A modifier alone: 创新 in 创新、首个医疗器械.
    Modifier(u32),
    /// Two categories at once.
    Both(u32),
    /// A word for the goods that the document is about.
    Selected(u32),
    /// An instrument's name without 《》.
    Instrument(u32),
    /// The beginning of the code of a standard: GB/T.
    Standard,
    /// The marks between a slogan in quotation marks and the title after it.
    Subtitle,
    /// A word that contains the name of a product and names none.
    NoProduct,
    /// A word by which a sentence binds: 应当.
    Modal(Modality),
    /// A word that contains a modal one and does not bind: 许可.
    FalsePositive,
    /// A word of a sentence that reports: 同比.
    Past,
    /// A named programme.
    Programme,
    /// A noun that ends a platform's name.
    PlatformHead,
}

/// A set of kinds of meanings, one bit a group that readers ask for together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct MeaningKinds(u8);

impl MeaningKinds {
    pub(crate) const AGENCY: Self = MeaningKinds(1);
    pub(crate) const PRODUCT: Self = MeaningKinds(1 << 1);
    pub(crate) const INSTRUMENT: Self = MeaningKinds(1 << 2);
    pub(crate) const MODAL: Self = MeaningKinds(1 << 3);
    pub(crate) const PAST: Self = MeaningKinds(1 << 4);
    pub(crate) const PLATFORM: Self = MeaningKinds(1 << 5);
    const OTHER: Self = MeaningKinds(1 << 6);

    fn of(meaning: &Meaning) -> Self {
        use Meaning::*;
        match meaning {
            Function | Department | Body(_) | Office => Self::AGENCY,
            Product(_) | Modified { .. } | Head(_) | Modifier(_) | Both(_) | Selected(_) => {
                Self::PRODUCT
            }
            Instrument(_) | Standard | Subtitle => Self::INSTRUMENT,
            Modal(_) => Self::MODAL,
            Past => Self::PAST,
            Programme | PlatformHead => Self::PLATFORM,
            NoProduct | FalsePositive => Self::OTHER,
        }
    }

    fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl<'m> FromIterator<&'m Meaning> for MeaningKinds {
    fn from_iter<I: IntoIterator<Item = &'m Meaning>>(meanings: I) -> Self {
        MeaningKinds(meanings.into_iter().fold(0, |kinds, meaning| kinds | Self::of(meaning).0))
    }
}

/// The scanner of the vocabularies that reading needs: one dictionary of
/// agencies, bodies, products, instruments, modal words and names of platforms. Regions are
/// looked up before the names of agencies, concepts have a dictionary of their own, and the words
/// of the other tables are looked up at the places that the reader asks about.
#[derive(Clone, Default)]
pub(crate) struct Scanner {
    dictionary: Dictionary,
    /// Meanings of each word of the dictionary.
    meanings: Vec<Vec<Meaning>>,
    /// Kinds of the meanings of each word. Most tokens are passed over by these alone.
    kinds: Vec<MeaningKinds>,
}

impl Scanner {
    pub(crate) fn new(lexicon: &Lexicon) -> Result<Self, Error> {
        let mut words: IndexMap<String, Vec<Meaning>> = IndexMap::with_capacity(6000);
        each_word(lexicon, &mut |word, meaning| {
            let meanings = words.entry(word.to_owned()).or_default();
            if !meanings.contains(&meaning) {
                meanings.push(meaning);
            }
        });
        let dictionary = Dictionary::of(words.keys().map(String::as_str))?;
        let kinds = words.values().map(|meanings| meanings.iter().collect()).collect();
        Ok(Scanner { dictionary, meanings: words.into_values().collect(), kinds })
    }

    /// Number of words.
    pub(crate) fn len(&self) -> usize {
        self.meanings.len()
    }

    /// Returns the words in `text`, ascending and disjoint. O(n).
    pub(crate) fn scan(&self, text: &str) -> Vec<Token> {
        let token = |Match { range, word }| Token {
            start: to_u32(range.start),
            end: to_u32(range.end),
            word,
        };
        self.dictionary.find(text).map(token).collect()
    }

    /// Returns the meanings of a token.
    pub(crate) fn meanings(&self, token: Token) -> &[Meaning] {
        &self.meanings[token.word as usize]
    }

    /// Returns true if a token has a meaning of one of `kinds`.
    pub(crate) fn has_kind(&self, token: Token, kinds: MeaningKinds) -> bool {
        self.kinds[token.word as usize].intersects(kinds)
    }
}

/// Calls `add` for every word that the scanner looks for, once for each meaning.
fn each_word(lexicon: &Lexicon, add: &mut impl FnMut(&str, Meaning)) {
    agencies(lexicon, add);
    products(lexicon, add);
    for (index, instrument) in (0..).zip(&lexicon.instruments.table) {
        for word in std::iter::once(&instrument.title).chain(&instrument.short) {
            add(word, Meaning::Instrument(index));
        }
    }
    for letters in &lexicon.instruments.standards {
        add(letters, Meaning::Standard);
    }
    add(SUBTITLE, Meaning::Subtitle);
    for (word, modality) in lexicon.modals.words() {
        add(word, Meaning::Modal(modality));
    }
    let mut each = |words: &Words, meaning| words.iter().for_each(|word| add(word, meaning));
    each(&lexicon.modals.false_positives, Meaning::FalsePositive);
    each(&lexicon.products.none, Meaning::NoProduct);
    each(&lexicon.quantities.past, Meaning::Past);
    each(&lexicon.platforms.plain, Meaning::Programme);
    each(&lexicon.platforms.heads, Meaning::PlatformHead);
}

fn agencies(lexicon: &Lexicon, add: &mut impl FnMut(&str, Meaning)) {
    for function in &lexicon.agencies.functions {
        for word in std::iter::once(&function.name).chain(&function.short) {
            add(word, Meaning::Function);
            if word.contains('和') {
                add(&word.replace('和', "与"), Meaning::Function);
            }
        }
    }
    for end in lexicon.names.offices.ends() {
        add(end, Meaning::Function);
    }
    for start in lexicon.names.offices.starts(&lexicon.cues.agencies.relative) {
        add(&start, Meaning::Office);
    }
    for word in lexicon.cues.agencies.departments.iter() {
        add(word, Meaning::Department);
    }
    for (index, body) in (0..).zip(&lexicon.agencies.bodies) {
        for word in std::iter::once(&body.name).chain(&body.short) {
            add(word, Meaning::Body(index));
        }
    }
}

fn products(lexicon: &Lexicon, add: &mut impl FnMut(&str, Meaning)) {
    let products = &lexicon.products;
    for (index, product) in (0..).zip(&products.entries) {
        for word in std::iter::once(&product.label).chain(&product.forms) {
            let head = products.heads.iter().position(|head| head.forms.contains(word));
            let meaning = head.map_or(Meaning::Product(index), |head| Meaning::Head(to_u32(head)));
            add(word, meaning);
        }
    }
    for (m, modifier) in (0..).zip(&products.modifiers) {
        add(&modifier.modifier, Meaning::Modifier(m));
        for (h, head) in (0..).zip(&products.heads) {
            for form in head.forms.iter().filter(|_| modifier.heads.contains_key(&head.label)) {
                let modified = Meaning::Modified { modifier: m, head: h };
                add(&format!("{}{form}", modifier.modifier), modified);
            }
        }
    }
    for (index, both) in (0..).zip(&products.both) {
        add(&both.form, Meaning::Both(index));
    }
    for (index, selected) in (0..).zip(&products.selected) {
        add(&selected.form, Meaning::Selected(index));
    }
}

/// “春雨行动”——…工作方案
const SUBTITLE: &str = "”——";
