//! Values of rows.

use crate::model::Date;
use std::borrow::Cow;
use std::fmt;

/// A value of a row. Texts are borrowed from the graph where it holds them.
///
/// `Display` prints the text, the number in its shortest form, `true` or `false`, the day as
/// `2025-06-16`, and nothing for `Null`; a list has `; ` between its texts.
///
/// ```
/// use policygraph::export::Value;
///
/// assert_eq!(Value::List(vec!["省药监局", "省医保局"]).to_string(), "省药监局; 省医保局");
/// assert_eq!(Value::Number(0.5).to_string(), "0.5");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value<'g> {
    /// No value.
    Null,
    /// Unicode text.
    Text(Cow<'g, str>),
    /// Integer.
    Integer(i64),
    /// Finite number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// Calendar day.
    Date(Date),
    /// Texts in order.
    List(Vec<&'g str>),
}

impl Value<'_> {
    /// Returns the text, if it is one.
    ///
    /// ```
    /// use policygraph::export::Value;
    ///
    /// assert_eq!(Value::Text("疫苗".into()).as_text(), Some("疫苗"));
    /// assert_eq!(Value::Null.as_text(), None);
    /// ```
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => Ok(()),
            Value::Text(text) => f.write_str(text),
            Value::Integer(number) => write!(f, "{number}"),
            Value::Number(number) => write!(f, "{number}"),
            Value::Boolean(is) => write!(f, "{is}"),
            Value::Date(day) => write!(f, "{day}"),
            Value::List(texts) => f.write_str(&texts.join("; ")),
        }
    }
}

impl<'g> From<&'g str> for Value<'g> {
    fn from(text: &'g str) -> Self {
        Value::Text(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Value::Text(text.into())
    }
}

impl<'g> From<Cow<'g, str>> for Value<'g> {
    fn from(text: Cow<'g, str>) -> Self {
        Value::Text(text)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Value::Integer(number.into())
    }
}

/// A number of things in memory, which 63 bits can count.
impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Value::Integer(i64::try_from(number).expect("a number of things in memory"))
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Value::Number(number)
    }
}

/// The decimal digits that print the score: 0.97, and not 0.9700000286102295.
impl From<f32> for Value<'_> {
    fn from(number: f32) -> Self {
        Value::Number(number.to_string().parse().expect("a number that was printed"))
    }
}

impl From<bool> for Value<'_> {
    fn from(is: bool) -> Self {
        Value::Boolean(is)
    }
}

impl From<Date> for Value<'_> {
    fn from(day: Date) -> Self {
        Value::Date(day)
    }
}

impl<'g, T: Into<Value<'g>>> From<Option<T>> for Value<'g> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, T::into)
    }
}
