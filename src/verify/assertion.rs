//! Assertions, and what a text asserts.

use crate::lexicon::{DutyRole, Lexicon};
use crate::model::Role;
use crate::text::{find, half_width, ordinal};

/// An assertion about the corpus, to be checked by [`Graph::verify`](crate::Graph::verify).
///
/// ```
/// use policygraph::Role;
/// use policygraph::verify::{Assertion, Verdict};
///
/// let graph = policygraph::builtin();
/// let claim = Assertion::Responsibility {
///     agency: "山西省药监局".into(),
///     role: Role::Lead,
///     task: "sx-2025/8".into(),
/// };
/// let found = graph.verify(claim);
/// assert_eq!(found.verdict, Verdict::Differs);
/// assert!(found.explanation.contains("sole (负责)"), "{}", found.explanation);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Assertion {
    /// A text of any kind: a citation or a responsibility if it looks like one, else a quotation.
    Any(String),
    /// A document contains these words (引文).
    Quotation {
        /// The words.
        words: String,
        /// Key, number or title of the document; `None` for any document.
        document: Option<String>,
    },
    /// An instrument exists, and has an article (引用).
    Citation {
        /// Its number, its title, or both: 《…》(国办发〔2024〕53号).
        instrument: String,
        /// Ordinal of the article (条), or of the measure.
        article: Option<u32>,
        /// Finer units after the article: 第二款, 第一款第三项. They are not checked.
        part: Option<String>,
        /// Words that the article contains.
        words: Option<String>,
    },
    /// An agency has a role in a task (职责).
    Responsibility {
        /// Name of the agency.
        agency: String,
        /// Its role. [`Role::Sole`] is 负责 alone, [`Role::Joint`] 负责 with others.
        role: Role,
        /// Words of the measure that sets the task, or its key.
        task: String,
    },
}

impl From<&str> for Assertion {
    fn from(text: &str) -> Self {
        Assertion::Any(text.to_owned())
    }
}

impl From<String> for Assertion {
    fn from(text: String) -> Self {
        Assertion::Any(text)
    }
}

impl Assertion {
    /// Reads a citation: an instrument, with 第N条 or 第N项 at the end or without. Units after the
    /// article (第N款) are its part.
    ///
    /// ```
    /// use policygraph::verify::Assertion;
    ///
    /// let Assertion::Citation { instrument, article, .. } =
    ///     Assertion::citation("国办发〔2024〕53号第八条")
    /// else {
    ///     panic!()
    /// };
    /// assert_eq!((&*instrument, article), ("国办发〔2024〕53号", Some(8)));
    /// ```
    pub fn citation(text: &str) -> Assertion {
        let text = text.trim().trim_end_matches(['。', '.', ';', '；']);
        let mut units = units(text);
        let at = units.last().map_or(text.len(), |unit| unit.start);
        let article = units.pop_if(|unit| unit.is_article).map(|unit| unit.ordinal);
        let part = units.last().map(|unit| text[unit.start..].to_owned());
        let instrument = text[..at].trim_end().to_owned();
        Assertion::Citation { instrument, article, part, words: None }
    }

    /// Reads a responsibility: 某局牵头某事, 某局负责某事, 某局配合某事, 某事由某局负责. `None` for other
    /// text. Words of roles are those of the vocabularies. Several agencies (甲局、乙局) are one
    /// name, and each is checked.
    ///
    /// ```
    /// use policygraph::Lexicon;
    /// use policygraph::verify::Assertion;
    ///
    /// let claim = |text| Assertion::responsibility(text, Lexicon::builtin());
    /// let Some(Assertion::Responsibility { agency, role, task }) = claim("山西省药监局牵头优化注册检验")
    /// else {
    ///     panic!()
    /// };
    /// assert_eq!((&*agency, role.name(), &*task), ("山西省药监局", "lead", "优化注册检验"));
    /// assert_eq!(claim("优化注册检验"), None);
    /// ```
    pub fn responsibility(text: &str, lexicon: &Lexicon) -> Option<Assertion> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let text = text.trim_end_matches(['。', '.']);
        for (at, _) in text.char_indices().take(MAX_CLAIM) {
            let Some((role, word)) = role_at(&text[at..], lexicon) else { continue };
            let before = text[..at].trim_end_matches(['应', '将']);
            let (task, agency) = match last_by(before) {
                Some(by) => (&before[..by], &before[by + '由'.len_utf8()..]),
                None => ("", before),
            };
            if !is_agency(agency, lexicon) {
                continue;
            }
            let after = text[at + word.len()..].trim_start_matches([':', '：', ',', '，', '的']);
            // Words after the role are of the task too: none of the claim may be left unchecked.
            let task = if after.is_empty() { task.trim_end_matches([',', '，']) } else { task };
            let (agency, task) = (agency.to_owned(), format!("{task}{after}"));
            return Some(Assertion::Responsibility { agency, role, task });
        }
        None
    }

    /// Returns the kind of assertion that a text looks like.
    pub(super) fn read(text: &str, lexicon: &Lexicon) -> Assertion {
        let text = text.trim();
        let citation = Assertion::citation(text);
        if let Assertion::Citation { instrument, .. } = &citation
            && is_instrument(instrument)
        {
            return citation;
        }
        Assertion::responsibility(text, lexicon)
            .unwrap_or_else(|| Assertion::Quotation { words: text.to_owned(), document: None })
    }
}

/// Maximum number of characters before the role in a claim.
const MAX_CLAIM: usize = 200;

/// Returns the offset of the last 由 that is a word: not that of 自由贸易.
fn last_by(text: &str) -> Option<usize> {
    /// Characters before 由 that make another word with it.
    const JOINED: &[char] = &['自', '理', '事', '缘', '案'];
    let mut found = text.rmatch_indices('由').map(|(at, _)| at);
    found.find(|&at| !text[..at].ends_with(JOINED))
}

/// A unit of a citation: 第N条, 第N款, 第N项.
struct Unit {
    /// Its offset.
    start: usize,
    ordinal: u32,
    /// True for 条, and for 项 as a measure of an instrument.
    is_article: bool,
}

/// Returns the units at the end of a text, from the last to the first. 项 after another unit is a
/// part of it.
fn units(text: &str) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut end = text.len();
    while let Some(start) = text[..end].rfind('第') {
        let inner = text[start + '第'.len_utf8()..end].trim_end();
        let Some(unit) = inner.chars().next_back().filter(|&unit| "条项款".contains(unit))
        else {
            break;
        };
        let numeral = inner[..inner.len() - unit.len_utf8()].trim();
        let numeral = numeral.trim_matches(['(', ')', '（', '）']);
        let Some(ordinal) = number(numeral) else { break };
        units.push(Unit { start, ordinal, is_article: unit != '款' });
        end = start;
    }
    units
}

/// Reads an ordinal in Chinese numerals or digits.
fn number(text: &str) -> Option<u32> {
    let text: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { ordinal(&text) }
}

/// Returns true for a title in 《》, a number (文号), or both, and nothing else.
fn is_instrument(text: &str) -> bool {
    let rest = match (text.find('《'), text.rfind('》')) {
        (Some(start), Some(end)) if start < end => {
            format!("{}{}", &text[..start], &text[end + '》'.len_utf8()..])
        }
        (None, None) => text.to_owned(),
        _ => return false,
    };
    let titled = rest.len() < text.len();
    let rest = rest.trim().trim_matches(['(', ')', '（', '）', '“', '”']);
    (titled && rest.is_empty()) || is_number(rest)
}

/// Returns true for a document number: 国办发〔2024〕53号.
fn is_number(text: &str) -> bool {
    /// Maximum length of a number in characters.
    const LONGEST: usize = 30;
    let text: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let year = find_year(&text);
    text.ends_with('号')
        && year
        && text.chars().count() <= LONGEST
        && !text.contains(['，', ',', '。', ';'])
}

/// Returns true if a text has a year of four digits in brackets.
fn find_year(text: &str) -> bool {
    text.match_indices(['〔', '[', '(', '【']).any(|(at, bracket)| {
        let inner = &text.as_bytes()[at + bracket.len()..];
        inner.len() > 4 && inner[..4].iter().all(u8::is_ascii_digit)
    })
}

/// Returns the role that a text begins with, and its longest word.
fn role_at<'t>(text: &'t str, lexicon: &Lexicon) -> Option<(Role, &'t str)> {
    let verbs = &lexicon.duties.verbs;
    let roles = [
        (DutyRole::Lead, &verbs.lead),
        (DutyRole::Support, &verbs.support),
        (DutyRole::Responsible, &verbs.responsible),
    ];
    let longest = roles.into_iter().filter_map(|(role, words)| {
        let len = words.starts(text).map(str::len).max()?;
        Some((role, &text[..len]))
    });
    let (role, word) = longest.max_by_key(|(_, word)| word.len())?;
    let role = match role {
        DutyRole::Lead => Role::Lead,
        DutyRole::Support => Role::Support,
        DutyRole::Responsible if shared(word) => Role::Joint,
        DutyRole::Responsible => Role::Sole,
    };
    Some((role, word))
}

/// Returns true for words of several who are responsible: 按职责分工负责, 共同负责.
fn shared(word: &str) -> bool {
    ["分工", "共同", "分别", "各负"].iter().any(|part| find(word, part).is_some())
}

/// Returns the agencies of a name: 甲局、乙局和丙局 are three. A joining character inside the name of
/// one agency (国家发展和改革委员会) does not split it.
pub(super) fn agencies<'n>(name: &'n str, lexicon: &Lexicon) -> Vec<&'n str> {
    /// Words between agencies, a longer one before its parts.
    const JOINING: &[&str] = &["、", "以及", "会同", "和", "与", "及"];
    let (mut all, mut from) = (Vec::new(), 0);
    for (at, _) in name.char_indices() {
        let joining = JOINING.iter().find(|word| name[at..].starts_with(**word));
        let Some(joining) = joining.filter(|_| at >= from) else { continue };
        let (first, rest) = (&name[from..at], &name[at + joining.len()..]);
        let several = first.ends_with(ends_agency)
            && lexicon.canonical_agency(&name[from..]).is_none()
            && is_one_agency(rest, lexicon);
        if *joining == "、" || several {
            all.push(first);
            from = at + joining.len();
        }
    }
    all.push(&name[from..]);
    all
}

/// Returns true for names that agencies can have.
fn is_agency(name: &str, lexicon: &Lexicon) -> bool {
    agencies(name, lexicon).iter().all(|name| is_one_agency(name, lexicon))
}

/// Returns true for a name that an agency can have, known or made up.
fn is_one_agency(name: &str, lexicon: &Lexicon) -> bool {
    let long = name.chars().nth(2).is_some();
    let plain = !name.contains(|c: char| "，,。;；:：《》".contains(c));
    lexicon.canonical_agency(name).is_some() || (long && plain && name.ends_with(ends_agency))
}

/// Returns true for a last character of names of agencies.
fn ends_agency(c: char) -> bool {
    "局厅委部院署办会处府行司社".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_has_an_article_at_its_end() {
        let read = |text: &str| match Assertion::citation(text) {
            Assertion::Citation { instrument, article, .. } => (instrument, article),
            other => panic!("{other:?}"),
        };
        let cited = |instrument: &str, article| (instrument.to_owned(), article);
        assert_eq!(read("《药品管理法》第十二条第二款"), cited("《药品管理法》", Some(12)));
        assert_eq!(read("晋政办发〔2025〕1号 第 8 条"), cited("晋政办发〔2025〕1号", Some(8)));
        assert_eq!(read("国办发[2024]53号"), cited("国办发[2024]53号", None));
        assert_eq!(read("第一批药品"), cited("第一批药品", None));
        assert_eq!(read("第"), cited("第", None));
        assert_eq!(read(""), cited("", None));
        assert_eq!(read("甲发〔2025〕1号第第八条"), cited("甲发〔2025〕1号第", Some(8)));
    }

    #[test]
    fn a_unit_after_the_article_is_its_part() {
        let read = |text: &str| match Assertion::citation(text) {
            Assertion::Citation { article, part, .. } => (article, part),
            other => panic!("{other:?}"),
        };
        let part = |words: &str| Some(words.to_owned());
        assert_eq!(read("《药品管理法》第十二条"), (Some(12), None));
        assert_eq!(read("《药品管理法》第十二条第二款"), (Some(12), part("第二款")));
        assert_eq!(
            read("《药品管理法》第十二条第二款第（三）项"),
            (Some(12), part("第二款第（三）项"))
        );
        assert_eq!(read("《药品管理法》第二款"), (None, part("第二款")));
    }

    #[test]
    fn all_words_of_a_claim_are_of_its_agency_role_and_task() {
        let read = |text: &str| match Assertion::responsibility(text, Lexicon::builtin()) {
            Some(Assertion::Responsibility { agency, task, .. }) => (agency, task),
            other => panic!("{other:?}"),
        };
        let claim = |agency: &str, task: &str| (agency.to_owned(), task.to_owned());
        assert_eq!(
            read("改造老旧管网由山西省水利厅牵头,2030年底前更换1200公里"),
            claim("山西省水利厅", "改造老旧管网2030年底前更换1200公里")
        );
        assert_eq!(
            read("上海自由贸易试验区管理委员会牵头优化审批服务"),
            claim("上海自由贸易试验区管理委员会", "优化审批服务")
        );
    }

    #[test]
    fn joined_names_are_several_agencies() {
        let names = |name| agencies(name, Lexicon::builtin());
        assert_eq!(names("省工信厅、省财政厅和省药监局"), ["省工信厅", "省财政厅", "省药监局"]);
        assert_eq!(names("省水利厅会同省财政厅"), ["省水利厅", "省财政厅"]);
        for one in ["国家发展和改革委员会", "山西省工业和信息化厅", "山西省林业和草原局"]
        {
            assert_eq!(names(one), [one]);
        }
    }

    #[test]
    fn a_text_is_of_the_kind_that_it_looks_like() {
        let kind = |text: &str| match Assertion::read(text, Lexicon::builtin()) {
            Assertion::Citation { .. } => "citation",
            Assertion::Responsibility { .. } => "responsibility",
            _ => "quotation",
        };
        assert_eq!(kind("《关于优化审批的意见》(国办发〔2024〕53号)第三条"), "citation");
        assert_eq!(kind("国办发〔2024〕53号"), "citation");
        assert_eq!(kind("省药监局牵头,省财政厅配合,优化审批"), "responsibility");
        assert_eq!(kind("优化审批由省药监局负责"), "responsibility");
        assert_eq!(kind("按照《药品管理法》的规定优化审批"), "quotation");
        assert_eq!(kind("支持企业创新"), "quotation");
    }
}
