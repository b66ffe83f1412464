//! Documents.

use super::terms::terms;
use super::{Citation, Dates, Measure, Provision};
use crate::text::{Origin, Span};
use serde::{Deserialize, Serialize};

/// Everything that was read from one document (文件).
///
/// Plain data, self-contained: it holds the text and serialises as the JSON that `docs/record.md`
/// describes. Reading that JSON back checks that every span slices to the words printed beside it.
///
/// ```
/// use policygraph::{Lexicon, Record, read};
///
/// let record = read(Lexicon::builtin(), "note", "一、加强疫苗监管。\n二、优化审批服务。");
/// let json = serde_json::to_string(&record).unwrap();
/// assert!(json.contains(r#""products":["疫苗"]"#));
/// assert_eq!(serde_json::from_str::<Record>(&json).unwrap(), record);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Stable, readable key, given by the caller: `sx-2025`.
    pub key: String,
    /// Decoded text; all spans count its bytes.
    pub text: String,
    /// Origin (来源): the file that holds the text, and the place in it.
    pub origin: Origin,
    /// Title (标题), without 《》, spaces and line breaks.
    pub title: Option<Found<String>>,
    /// Number (发文字号), with brackets as 〔〕.
    pub number: Option<Found<String>>,
    /// Genre (文种).
    pub genre: Genre,
    /// Issuers (发文机关): signatories by canonical name, in printed order; for news, the agencies
    /// whose act it reports.
    pub issuers: Vec<Found<String>>,
    /// Addressees (主送机关), as printed, one entry per name.
    pub addressees: Vec<Found<String>>,
    /// Province-level regions of the issuers; 中国 for national bodies.
    pub region: Vec<String>,
    /// Printed dates (日期).
    pub dates: Dates,
    /// Higher instruments that it is made under or implements (依据).
    pub implements: Vec<Citation>,
    /// Instruments that it repeals (废止).
    ///
    /// ```
    /// use policygraph::{Lexicon, read};
    ///
    /// let text = "第一条 加强药品监管。
    /// 第二条 本办法自2025年9月1日起施行。《药品抽检办法》(药监规〔2019〕34号)同时废止。";
    /// let repealed = &read(Lexicon::builtin(), "measures", text).repeals[0];
    /// assert_eq!(repealed.title, "药品抽检办法");
    /// assert_eq!(repealed.number.as_deref(), Some("药监规〔2019〕34号"));
    /// ```
    pub repeals: Vec<Citation>,
    /// Chapters (章), in order, each with the facts of its own prose.
    pub sections: Vec<Section>,
    /// Headings between a chapter and its measures, in order.
    pub subsections: Vec<Heading>,
    /// Measures (措施), in printed order; their spans are disjoint and ascending.
    pub measures: Vec<Measure>,
    /// Facts of a document without measures.
    pub body: Option<Provision>,
    /// Diagnostics, by position.
    pub notes: Vec<Note>,
}

impl Record {
    /// Returns the index of the chapter that contains a measure: the last heading before it,
    /// if the measure has its ordinal. O(log n); several chapters may have one ordinal.
    pub(crate) fn chapter_of(&self, measure: &Measure) -> Option<usize> {
        let begun = |section: &Section| section.span.start <= measure.span.start;
        let last = self.sections.partition_point(begun).checked_sub(1)?;
        (measure.section == Some(self.sections[last].ordinal)).then_some(last)
    }
}

/// A value read from the text, with its proof.
///
/// ```
/// use policygraph::{Lexicon, Rule, read};
///
/// let text = "山西省药品监督管理局关于优化审批的通知\n山西省药品监督管理局\n2025年6月4日";
/// let record = read(Lexicon::builtin(), "notice", text);
/// let signed = record.dates.signed.unwrap();
/// assert_eq!(signed.value.to_string(), "2025-06-04");
/// assert_eq!(signed.span.slice(&record.text), "2025年6月4日");
/// assert_eq!(signed.rule, Rule::Signature);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// The words that it was read from.
    pub span: Span,
    /// The rule that read it.
    pub rule: Rule,
}

terms! {
    /// The genre of a document (文种).
    ///
    /// ```
    /// use policygraph::{Genre, Lexicon, read};
    ///
    /// let genre = |text| read(Lexicon::builtin(), "text", text).genre;
    /// assert_eq!(genre("近日,重庆市药监局开通线上窗口。"), Genre::News);
    /// assert_eq!(genre("关于支持园区发展的若干措施(征求意见稿)\n一、支持创新。"), Genre::Draft);
    ///
    /// let explained = "《关于支持园区发展的若干措施》政策解读\n一、出台背景\n为支持园区发展,制定本措施。";
    /// assert_eq!(genre(explained), Genre::Interpretation);
    /// ```
    #[non_exhaustive]
    pub enum Genre {
        /// Issued measures (若干措施, 意见, 方案 …).
        Measures = "measures" "措施",
        /// Draft for comment (征求意见稿).
        Draft = "draft" "征求意见稿",
        /// Notice or announcement (通知, 通告, 公告) with provisions of its own.
        Notice = "notice" "通知",
        /// News (新闻): reports an act of an agency.
        News = "news" "新闻",
        /// Interview (答记者问): questions and answers.
        Interview = "interview" "答记者问",
        /// Interpretation (政策解读): explains another document.
        Interpretation = "interpretation" "政策解读",
    }
}

impl Genre {
    /// Returns true for issued documents with provisions of their own, and false for drafts and
    /// reports.
    ///
    /// ```
    /// use policygraph::Genre;
    ///
    /// assert!(Genre::Notice.is_instrument() && !Genre::Draft.is_instrument());
    /// ```
    pub fn is_instrument(self) -> bool {
        match self {
            Genre::Measures | Genre::Notice => true,
            Genre::Draft | Genre::News | Genre::Interview | Genre::Interpretation => false,
        }
    }

    /// Returns true for a text that reports the act of another document: news, interviews and
    /// interpretations.
    ///
    /// ```
    /// use policygraph::Genre;
    ///
    /// assert!(Genre::News.is_report() && !Genre::Draft.is_report());
    /// ```
    pub fn is_report(self) -> bool {
        match self {
            Genre::News | Genre::Interview | Genre::Interpretation => true,
            Genre::Measures | Genre::Draft | Genre::Notice => false,
        }
    }
}

terms! {
    /// The rule that read a fact.
    ///
    /// Saved files store rules by their place in this list: new ones come last.
    #[non_exhaustive]
    pub enum Rule {
        /// A line or phrase of the document's head (版头, 标题, 主送).
        Head = "head" "版头",
        /// An ordinal of the outline: 一、, （一）, 第一条.
        Ordinal = "ordinal" "层次序数",
        /// A signature (发文机关署名), or text in its place.
        Signature = "signature" "署名",
        /// The first sentence of a news item.
        Lead = "lead" "导语",
        /// A title in 《》.
        BookTitle = "book_title" "书名号",
        /// A document number.
        Number = "number" "文号",
        /// An unambiguous name without 《》.
        PlainName = "plain_name" "简称",
        /// A responsibility clause: (…负责), （责任单位：…）.
        DutyClause = "duty_clause" "责任分工",
        /// A name of the vocabularies, in running text.
        Lexicon = "lexicon" "词表",
        /// A figure with its unit and the words that make it binding.
        Quantity = "quantity" "数量",
        /// A quoted name: “…”.
        Quoted = "quoted" "引号",
        /// A noun phrase that ends in a cue word: …平台, …机制.
        Phrase = "phrase" "短语",
        /// A date with the words that name its meaning.
        DatePhrase = "date_phrase" "日期",
        /// A period counted from another date: 有效期两年.
        Term = "term" "期限",
    }
}

/// A chapter (章): its heading, and the facts of its prose outside its measures.
///
/// ```
/// use policygraph::{Lexicon, read};
///
/// let text = "关于推进社区养老服务的若干措施
/// 一、工作目标
/// 到2027年,社区养老服务设施覆盖率达到95%以上。
/// 二、重点任务
/// (一)完善设施。新建小区同步建设养老服务用房。";
/// let record = read(Lexicon::builtin(), "yl", text);
/// let goals = &record.sections[0];
/// assert_eq!(goals.title, "工作目标");
/// assert_eq!(goals.provision.targets[0].to, Some(95.0));
/// assert!(goals.prose[0].slice(&record.text).starts_with("到2027年"));
/// assert!(record.sections[1].prose.is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Printed ordinal; may repeat.
    #[serde(rename = "n")]
    pub ordinal: u32,
    /// Heading, without the ordinal.
    pub title: String,
    /// The words of the heading.
    pub span: Span,
    /// The prose outside headings and measures, in text order: from the heading to the first
    /// measure, then the lead-in of each subsection. The whole text of a chapter without measures.
    pub prose: Vec<Span>,
    /// Facts of the prose. The heading states none.
    pub provision: Provision,
}

/// A numbered heading between a chapter and its measures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Ordinal of its chapter.
    pub section: Option<u32>,
    /// Printed ordinal.
    #[serde(rename = "n")]
    pub ordinal: u32,
    /// Words, without the ordinal.
    pub title: String,
    /// The words.
    pub span: Span,
}

/// A diagnostic with its place. Reading continues.
///
/// ```
/// use policygraph::{Lexicon, read};
///
/// let record = read(Lexicon::builtin(), "note", "（一）健全机制。\n（三）加强领导。");
/// assert_eq!(record.notes[0].message, "(三) follows number 1: is an item missing?");
/// assert_eq!(record.notes[0].span.slice(&record.text), "（三）");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Note {
    /// The bytes that it is about.
    pub span: Span,
    /// Description of the problem, and a likely reason.
    pub message: String,
}
