//! The nouns: what is read from one document, as plain data.
//!
//! Every fact is a value with the span that proves it and the [`Rule`] that
//! read it ([`Found`]). Text is held once, in [`Record::text`]; everything else
//! points into it.

mod compact;
mod json;

use crate::text::{Origin, Span};
/// A day of the calendar: `Date::constant(2026, 1, 1)`, `"2026-01-01".parse()`.
pub use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// 文件 — all that was read from one document.
///
/// Plain data, self-contained: it holds the text and serialises as the JSON of
/// `data/gold/README.md`, with spans. Reading that JSON back checks that every
/// span still slices to what is printed beside it.
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
    /// A stable, readable key, given by the caller: `sx-2025`.
    pub key: String,
    /// The document's text, as decoded; all spans count its bytes.
    pub text: String,
    /// 来源 — the file that holds the text, and where in it.
    pub origin: Origin,
    /// 标题 — without 《》, spaces and line wraps removed.
    pub title: Option<Found<String>>,
    /// 发文字号 — brackets as 〔〕.
    pub number: Option<Found<String>>,
    /// 文种 — what kind of text it is.
    pub genre: Genre,
    /// 发文机关 — those who signed, by canonical name, in printed order; for
    /// news, the agencies whose act it reports.
    pub issuers: Vec<Found<String>>,
    /// 主送机关 — as printed, one entry a name.
    pub addressees: Vec<Found<String>>,
    /// Province-level names of the issuers' regions; 中国 for national bodies.
    pub region: Vec<String>,
    /// 日期 — what is printed; unknown stays `None`.
    pub dates: Dates,
    /// 依据 — the higher instruments it says it is made under or carries out.
    pub implements: Vec<Citation>,
    /// 废止 — the instruments that it puts out of force.
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
    /// 章 — numbered chapters, in order.
    pub sections: Vec<Heading>,
    /// Headings between a chapter and its measures, in order.
    pub subsections: Vec<Heading>,
    /// 措施 — in printed order; their spans are disjoint and ascending.
    pub measures: Vec<Measure>,
    /// What a document without measures says.
    pub body: Option<Provision>,
    /// What looked odd, in order of position.
    pub notes: Vec<Note>,
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
    /// What was understood.
    pub value: T,
    /// The bytes that say so.
    pub span: Span,
    /// How it was read.
    pub rule: Rule,
}

/// 文种 — what kind of text a document is. Only [`Measures`](Genre::Measures)
/// and [`Notice`](Genre::Notice) are instruments in force or once in force.
///
/// ```
/// use policygraph::{Genre, Lexicon, read};
///
/// let genre = |text| read(Lexicon::builtin(), "text", text).genre;
/// assert_eq!(genre("近日,重庆市药监局开通线上窗口。"), Genre::News);
/// assert_eq!(genre("关于支持园区发展的若干措施(征求意见稿)\n一、支持创新。"), Genre::Draft);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Genre {
    /// 若干措施, 意见, 方案 …: issued.
    Measures,
    /// 征求意见稿 — a draft for comment.
    Draft,
    /// 通知, 通告, 公告 with provisions of its own.
    Notice,
    /// 新闻 — reports what an agency did.
    News,
    /// 答记者问 — questions and answers.
    Interview,
}

impl Genre {
    /// Returns true for the text of an instrument: issued, with provisions of its
    /// own; not a draft, news or an interview.
    ///
    /// ```
    /// use policygraph::Genre;
    ///
    /// assert!(Genre::Measures.is_instrument());
    /// assert!(!Genre::Draft.is_instrument());
    /// ```
    pub fn is_instrument(self) -> bool {
        matches!(self, Genre::Measures | Genre::Notice)
    }
}

/// How a fact was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A line or phrase of the document's head (版头, 标题, 主送).
    Head,
    /// An ordinal of the outline: 一、, （一）, 第一条.
    Ordinal,
    /// A signature (发文机关署名) or what stands in its place.
    Signature,
    /// The first sentence of a news item.
    Lead,
    /// 《…》.
    BookTitle,
    /// A document number.
    Number,
    /// A name without 《》 that can mean nothing else.
    PlainName,
    /// A responsibility clause: (…负责), （责任单位：…）.
    DutyClause,
    /// A name of the vocabularies, in running text.
    Lexicon,
    /// A number, its unit and the words that commit to it.
    Quantity,
    /// A quoted name: “…”.
    Quoted,
    /// A noun phrase that ends in a cue: …平台, …机制.
    Phrase,
    /// A date and the words that say what it dates.
    DatePhrase,
    /// 有效期两年 — a length of time, counted from another date.
    Term,
}

/// 日期 — the dates a document prints of itself. What is not printed is `None`:
/// a document without an 有效期 is not thereby in force.
///
/// ```
/// use policygraph::{Lexicon, read};
///
/// let text = "一、加强监管。\n本措施自2025年6月16日起施行,有效期两年。";
/// let dates = read(Lexicon::builtin(), "measures", text).dates;
/// assert_eq!(dates.effective.unwrap().value.to_string(), "2025-06-16");
/// assert_eq!(dates.expires.unwrap().value.to_string(), "2027-06-16");
/// assert!(dates.signed.is_none());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// 成文日期.
    pub signed: Option<Found<PartialDate>>,
    /// 印发 or 发布日期.
    pub published: Option<Found<PartialDate>>,
    /// 通过日期.
    pub adopted: Option<Found<PartialDate>>,
    /// 施行日期.
    pub effective: Option<Found<PartialDate>>,
    /// 有效期 — its end. 有效期两年 is counted from the day of effect and gives
    /// the first day on which it no longer holds ([`Rule::Term`]); 有效期至 gives
    /// the day printed, which is the last on which it does.
    pub expires: Option<Found<PartialDate>>,
    /// 征求意见 — first day.
    pub comment_from: Option<Found<PartialDate>>,
    /// 征求意见 — last day.
    pub comment_until: Option<Found<PartialDate>>,
}

impl Dates {
    /// The dates that are printed, in the order of the fields.
    ///
    /// ```
    /// use policygraph::{Lexicon, read};
    ///
    /// let text = "一、加强监管。\n本措施自2025年6月16日起施行,有效期两年。";
    /// let dates = read(Lexicon::builtin(), "measures", text).dates;
    /// let printed = dates.printed().map(|date| date.value.to_string());
    /// assert!(printed.eq(["2025-06-16", "2027-06-16"]));
    /// ```
    pub fn printed(&self) -> impl Iterator<Item = &Found<PartialDate>> {
        let Dates { signed, published, adopted, effective, expires, comment_from, comment_until } =
            self;
        [signed, published, adopted, effective, expires, comment_from, comment_until]
            .into_iter()
            .flatten()
    }

    /// 成文日期, else 发布日期: what dates a document among others.
    pub(crate) fn issued(&self) -> Option<&Found<PartialDate>> {
        self.signed.as_ref().or(self.published.as_ref())
    }
}

/// A date printed to the day or to the month. Ordered; a month comes before
/// its days. Written `2025-06-16` or `2025-06`.
///
/// ```
/// use policygraph::PartialDate;
///
/// let month = PartialDate::month(2025, 6).unwrap();
/// let day = PartialDate::day(2025, 6, 16).unwrap();
/// assert_eq!((month.to_string(), day.to_string()), ("2025-06".into(), "2025-06-16".into()));
/// assert!(month < day && month.date().is_none());
/// assert_eq!((month.first_day().day(), month.last_day().day()), (1, 30));
/// assert_eq!(PartialDate::day(2025, 2, 30), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: i16,
    month: i8,
    day: i8,
}

impl PartialDate {
    /// A day that exists, else `None`.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(|_| PartialDate { year, month, day })
    }

    /// A month that exists, else `None`.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Date::new(year, month, 1).ok().map(|_| PartialDate { year, month, day: 0 })
    }

    /// The day, if it is known to the day.
    pub fn date(self) -> Option<Date> {
        Date::new(self.year, self.month, self.day).ok()
    }

    /// The first day it can mean.
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month, self.day.max(1)).expect("checked when made")
    }

    /// The last day it can mean.
    pub fn last_day(self) -> Date {
        self.date().unwrap_or_else(|| self.first_day().last_of_month())
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        PartialDate { year: date.year(), month: date.month(), day: date.day() }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)?;
        if self.day > 0 { write!(f, "-{:02}", self.day) } else { Ok(()) }
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for PartialDate {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let small = |n: i16| i8::try_from(n).ok();
        let mut parts = text.splitn(3, '-').map(str::parse::<i16>);
        let date = match (parts.next(), parts.next(), parts.next()) {
            (Some(Ok(y)), Some(Ok(m)), None) => small(m).and_then(|m| PartialDate::month(y, m)),
            (Some(Ok(y)), Some(Ok(m)), Some(Ok(d))) => {
                small(m).zip(small(d)).and_then(|(m, d)| PartialDate::day(y, m, d))
            }
            _ => None,
        };
        date.ok_or_else(|| format!("{text}: expected a date as 2025-06-16 or 2025-06"))
    }
}

/// A numbered heading: a chapter, or a heading between a chapter and its
/// measures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// The chapter it stands in; `None` for a chapter.
    pub section: Option<u32>,
    /// Its ordinal, as printed.
    pub n: u32,
    /// Its words, without the ordinal.
    pub title: String,
    /// The words.
    pub span: Span,
}

/// 措施 — one numbered provision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// Its ordinal, as printed; may repeat from chapter to chapter.
    pub n: u32,
    /// The chapter's ordinal.
    pub section: Option<u32>,
    /// The heading sentence.
    pub title: Option<Found<String>>,
    /// Its whole text, from after the ordinal to the end of its last
    /// paragraph, heading and responsibility clause included.
    pub span: Span,
    /// The responsibility clauses in it.
    pub clauses: Vec<Span>,
    /// What it says.
    pub provision: Provision,
}

/// The facts of a measure, or of a document's body. Each list is in the order
/// of the text and names nothing twice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Provision {
    /// 责任单位.
    pub responsible: Vec<Duty>,
    /// Other public bodies, by canonical name.
    pub agencies: Vec<Found<String>>,
    /// Instruments it names.
    pub cites: Vec<Citation>,
    /// Product categories, by label.
    pub products: Vec<Found<String>>,
    /// Quantified commitments and limits.
    pub targets: Vec<Target>,
    /// Named platforms, programmes, lists and mechanisms.
    pub platforms: Vec<Found<String>>,
    /// 情态 — how strongly it binds, sentence by sentence.
    pub modality: Vec<Found<Modality>>,
}

/// 情态 — how strongly a sentence binds. Ordered: where a sentence has words of
/// several, the greatest stands for it.
///
/// ```
/// use policygraph::{Lexicon, Modality, read};
///
/// let text = "(一)规范检查。推动非现场监管。鼓励企业自查,可以共享结果;不得重复检查。
/// (二)优化许可。符合条件的,可以免予现场核查。供应企业名单另行公布。";
/// let record = read(Lexicon::builtin(), "note", text);
/// let said = |n: usize| -> Vec<(Modality, &str)> {
///     let found = &record.measures[n].provision.modality;
///     found.iter().map(|m| (m.value, m.span.slice(&record.text))).collect()
/// };
/// assert_eq!(said(0), [(Modality::Promote, "推动"), (Modality::Allow, "可以"),
///                      (Modality::Must, "不得")]);
/// assert_eq!(said(1), [(Modality::Exempt, "可以免予")]); // 许可, 供应 bind nothing
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// 推动, 加强, 完善.
    Promote,
    /// 鼓励, 支持, 引导.
    Encourage,
    /// 允许, 可以.
    Allow,
    /// 免予, 豁免, 不再要求.
    Exempt,
    /// 应当, 必须, 不得.
    Must,
}

/// One agency's share in a measure, as a responsibility clause states it.
///
/// ```
/// use policygraph::{Lexicon, Role, read};
///
/// let text = "山西省药品监督管理局关于加强监管的若干措施
/// (一)健全责任体系。建立约谈机制。(省药监局牵头,省财政厅、相关部门配合)";
/// let record = read(Lexicon::builtin(), "sx", text);
/// let duties = &record.measures[0].provision.responsible;
/// assert_eq!(duties[0].role, Role::Lead);
/// assert_eq!((duties[1].agency.as_str(), duties[1].role), ("山西省财政厅", Role::Support));
/// assert_eq!(duties.len(), 2); // 相关部门 is a class of bodies, not one of them
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// The agency, by canonical name.
    pub agency: String,
    /// Its part.
    pub role: Role,
    /// The words that name it.
    pub span: Span,
}

/// 职责 — an agency's part in a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 负责 — alone.
    Sole,
    /// 牵头.
    Lead,
    /// 按职责分工负责 — several, none of them leading.
    Joint,
    /// 配合.
    Support,
}

/// An instrument that is named.
///
/// ```
/// use policygraph::{InstrumentKind, Lexicon, read};
///
/// let text = "一、依法监管。落实《药品管理法》和《关于推进标准化建设的通知》(国药监综〔2022〕1号)。";
/// let record = read(Lexicon::builtin(), "note", text);
/// let cites = &record.measures[0].provision.cites;
/// assert_eq!(cites[0].title, "中华人民共和国药品管理法");
/// assert_eq!(cites[0].kind, InstrumentKind::Law);
/// assert_eq!(cites[1].number.as_deref(), Some("国药监综〔2022〕1号"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The title: official where the vocabulary knows it, else as printed.
    pub title: String,
    /// 文号, if printed beside it or known from the same document or the vocabulary.
    pub number: Option<String>,
    /// What kind of instrument it is.
    pub kind: InstrumentKind,
    /// The words that name it.
    pub span: Span,
    /// How it was read.
    pub rule: Rule,
}

/// What kind of instrument is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstrumentKind {
    /// 法.
    Law,
    /// 条例, 国务院令.
    Regulation,
    /// 意见, 通知, 措施, 规划 …
    Policy,
    /// 规范, 标准.
    Standard,
    /// Lists, procedures, manuals, forms, procurement files.
    Other,
}

/// A quantified forward-looking commitment or limit.
///
/// ```
/// use policygraph::{Comparator, Lexicon, read};
///
/// let text = "一、提升效能。将检验时限由90个工作日压缩至60个工作日,3年内抽检覆盖率达到90%以上。";
/// let record = read(Lexicon::builtin(), "note", text);
/// let targets = &record.measures[0].provision.targets;
/// assert_eq!((targets[0].comparator, targets[0].from, targets[0].to),
///            (Comparator::Reduce, Some(90.0), Some(60.0)));
/// assert_eq!((targets[1].comparator, targets[1].to, targets[1].unit.as_str()),
///            (Comparator::AtLeast, Some(90.0), "%"));
/// assert_eq!(targets[1].deadline.as_deref(), Some("3年内"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// The noun that is measured, in half-width.
    pub quantity_of: String,
    /// How the value binds.
    pub comparator: Comparator,
    /// The value it starts from, or the lower end of a range.
    pub from: Option<f64>,
    /// The value it goes to; percent as 90.
    pub to: Option<f64>,
    /// 工作日, 倍, % …
    pub unit: String,
    /// By when, as printed: 3年内.
    pub deadline: Option<String>,
    /// How often, as printed: 每年.
    pub frequency: Option<String>,
    /// The words.
    pub span: Span,
}

/// How a target's value binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparator {
    /// Down to, or by.
    Reduce,
    /// Up to, or by.
    Increase,
    /// 不低于, …以上.
    AtLeast,
    /// 不超过, …以内.
    AtMost,
    /// Exactly.
    Equal,
}

/// Something odd, and where. Reading goes on.
///
/// ```
/// use policygraph::{Lexicon, read};
///
/// let record = read(Lexicon::builtin(), "note", "（一）健全机制。\n（三）加强领导。");
/// assert_eq!(record.notes[0].message, "(三) follows number 1: is an item missing?");
/// assert_eq!(record.notes[0].span.slice(&record.text), "（三）");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The bytes it is about.
    pub span: Span,
    /// What is odd, and what it may mean.
    pub message: String,
}
