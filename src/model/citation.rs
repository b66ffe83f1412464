//! Cited instruments.

use super::Rule;
use super::terms::terms;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// A citation of an instrument.
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
    /// Official title if the vocabulary has it, else as printed.
    pub title: String,
    /// Number (文号), if printed beside the title or known from the same document or the vocabulary.
    pub number: Option<String>,
    /// Kind of the instrument.
    pub kind: InstrumentKind,
    /// The words that name it.
    pub span: Span,
    /// The rule that read it.
    pub rule: Rule,
}

terms! {
    /// The kind of a cited instrument.
    ///
    /// ```
    /// use policygraph::InstrumentKind;
    ///
    /// assert_eq!(InstrumentKind::Law.to_string(), "law");
    /// assert_eq!("条例".parse::<InstrumentKind>().unwrap(), InstrumentKind::Regulation);
    /// ```
    #[non_exhaustive]
    pub enum InstrumentKind {
        /// Law (法).
        Law = "law" "法律",
        /// Administrative regulation (条例, 国务院令).
        Regulation = "regulation" "条例",
        /// Policy document (意见, 通知, 措施, 规划 …).
        Policy = "policy" "政策",
        /// Standard or code (规范, 标准).
        Standard = "standard" "标准",
        /// Lists, procedures, manuals, forms, procurement files.
        Other = "other" "其他",
    }
}
