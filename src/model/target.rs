//! Quantified commitments and limits.

use super::terms::terms;
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A quantified commitment or limit (量化目标).
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
    /// The measured quantity, in half-width characters: 检验时限.
    #[serde(rename = "quantity_of")]
    pub quantity: String,
    /// Comparator of the value.
    pub comparator: Comparator,
    /// Initial value, or the lower end of a range.
    pub from: Option<f64>,
    /// Final value; 90 for 90 %.
    pub to: Option<f64>,
    /// Unit: 工作日, 倍, % …
    pub unit: String,
    /// Deadline as printed: 3年内.
    pub deadline: Option<String>,
    /// Frequency as printed: 每年.
    pub frequency: Option<String>,
    /// True if it commits to nothing and tells who or what is meant: 年满18周岁,
    /// 年营业收入2000万元以上的企业.
    pub condition: bool,
    /// The words that set it.
    pub span: Span,
}

/// Prints quantity, values, unit, deadline and frequency.
///
/// ```
/// use policygraph::{Lexicon, read};
///
/// let text = "一、提升效能。将检验时限由90个工作日压缩至60个工作日,3年内抽检覆盖率达到90%以上。";
/// let record = read(Lexicon::builtin(), "note", text);
/// let lines = record.measures[0].provision.targets.iter().map(|target| target.to_string());
/// assert!(lines.eq(["检验时限 90 → 60 工作日", "抽检覆盖率 ≥ 90 % · 3年内"]));
/// ```
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let figure = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let (from, to) = (figure(self.from), figure(self.to));
        let value = match (self.comparator, self.from) {
            (Comparator::Reduce | Comparator::Increase, Some(_)) => format!("{from} → {to}"),
            (Comparator::Reduce, None) => format!("down to {to}"),
            (Comparator::Increase, None) => format!("up to {to}"),
            (Comparator::AtLeast, _) => format!("≥ {to}"),
            (Comparator::AtMost, _) => format!("≤ {to}"),
            (Comparator::Equal, Some(_)) => format!("{from}–{to}"),
            (Comparator::Equal, None) => format!("= {to}"),
        };
        let words = [self.quantity.as_str(), &value, &self.unit];
        let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
        f.write_str(&words.join(" "))?;
        let when = [&self.deadline, &self.frequency];
        when.into_iter().flatten().try_for_each(|when| write!(f, " · {when}"))
    }
}

terms! {
    /// Comparator of a target: reduces, increases, at least, at most, equal to.
    ///
    /// ```
    /// use policygraph::Comparator;
    ///
    /// assert_eq!(Comparator::AtLeast.to_string(), "at least");
    /// assert_eq!("at_least".parse::<Comparator>().unwrap(), Comparator::AtLeast);
    /// ```
    pub enum Comparator {
        /// Down to, or by (压缩, 降低).
        Reduce = "reduce" "减少",
        /// Up to, or by (提高, 增长).
        Increase = "increase" "增加",
        /// Lower bound (不低于, …以上).
        AtLeast = "at_least" "不低于",
        /// Upper bound (不超过, …以内).
        AtMost = "at_most" "不超过",
        /// Exact value.
        Equal = "equal" "等于",
    }
}
