//! Values of cells.

use crate::model::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Worksheet, XlsxError};
use std::borrow::Cow;

/// Maximum length of a text in a cell, in UTF-16 code units.
const MAX_TEXT: usize = 32_767;

/// End of a text that is cut.
const CUT: &str = "…（截断）";

/// Maximum length of a text in a formula, in UTF-16 code units.
const MAX_LITERAL: usize = 255;

/// A value of a cell.
pub(super) enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Integer(u32),
    Number(f64),
    Day(Date),
    /// A link to a row of another sheet, from 0.
    Link {
        text: String,
        sheet: &'static str,
        row: usize,
    },
}

impl<'a, T: Into<Cow<'a, str>>> From<T> for Cell<'a> {
    fn from(text: T) -> Self {
        Cell::Text(text.into())
    }
}

impl<'a> Cell<'a> {
    /// Returns the cell of a text that may be missing.
    pub(super) fn text(text: Option<&'a str>) -> Cell<'a> {
        text.map_or(Cell::Empty, Cell::from)
    }

    pub(super) fn day(day: Option<Date>) -> Cell<'a> {
        day.map_or(Cell::Empty, Cell::Day)
    }

    pub(super) fn number(number: Option<f64>) -> Cell<'a> {
        number.map_or(Cell::Empty, Cell::Number)
    }

    /// Returns the decimal digits that print a score.
    pub(super) fn score(score: Option<f32>) -> Cell<'a> {
        Cell::number(score.map(|score| score.to_string().parse().expect("a printed number")))
    }

    /// Writes the value. A link is a formula: links of the other kind are held in memory until the
    /// workbook is saved, and Excel opens at most 65,530 of them in a sheet.
    pub(super) fn write(
        self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        formats: &Formats,
    ) -> Result<(), XlsxError> {
        let text = &formats.text;
        match self {
            Cell::Empty => sheet.write_blank(row, column, text)?,
            Cell::Text(words) => sheet.write_string_with_format(row, column, cut(&words), text)?,
            Cell::Integer(number) => sheet.write_number_with_format(row, column, number, text)?,
            Cell::Number(number) => sheet.write_number_with_format(row, column, number, text)?,
            Cell::Day(day) => match excel_day(day) {
                Some(date) => sheet.write_datetime_with_format(row, column, &date, &formats.day)?,
                None => sheet.write_string_with_format(row, column, day.to_string(), text)?,
            },
            Cell::Link { text: words, sheet: to, row: at } if is_literal(&words) => {
                let literal = words.replace('"', "\"\"");
                let formula = format!("=HYPERLINK(\"#'{to}'!A{}\",\"{literal}\")", at + 1);
                let formula = Formula::new(formula).set_result(words);
                sheet.write_formula_with_format(row, column, formula, &formats.link)?
            }
            Cell::Link { text: words, .. } => {
                sheet.write_string_with_format(row, column, cut(&words), text)?
            }
        };
        Ok(())
    }
}

/// Returns true for a text that a formula can contain and return as a text.
fn is_literal(text: &str) -> bool {
    let is_value = text.parse::<f64>().is_ok() || matches!(text, "TRUE" | "FALSE");
    let is_short = text.encode_utf16().count() <= MAX_LITERAL;
    !text.is_empty()
        && is_short
        && !is_value
        && !text.starts_with('#')
        && !text.contains(char::is_control)
}

/// Returns the day, if Excel has it: from 1900 on.
fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let part = |number: i8| u8::try_from(number).ok();
    let year = u16::try_from(day.year()).ok()?;
    ExcelDateTime::from_ymd(year, part(day.month())?, part(day.day())?).ok()
}

/// Returns the text as long as a cell holds it.
fn cut(text: &str) -> Cow<'_, str> {
    if text.encode_utf16().count() <= MAX_TEXT {
        return text.into();
    }
    let mut room = MAX_TEXT - CUT.encode_utf16().count();
    let fits = |c: &char| {
        let left = room.checked_sub(c.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let start: String = text.chars().take_while(fits).collect();
    (start + CUT).into()
}

/// Formats of cells.
pub(super) struct Formats {
    pub(super) head: Format,
    pub(super) text: Format,
    pub(super) day: Format,
    pub(super) link: Format,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_is_cut_between_characters() {
        let long = "药🏥".repeat(20_000);
        let short = cut(&long);
        assert!(short.ends_with(CUT));
        let units = short.encode_utf16().count();
        assert!((MAX_TEXT - 2..=MAX_TEXT).contains(&units), "{units}");
        assert!(matches!(cut("药"), Cow::Borrowed("药")));
    }

    #[test]
    fn a_link_has_words_that_a_formula_returns_as_a_text() {
        for words in ["sx-2025/8", "关于\"双随机\"的通知", "2025年"] {
            assert!(is_literal(words), "{words}");
        }
        for words in ["", "2025", "nan", "TRUE", "#N/A", "a\u{1}b", &"药".repeat(MAX_LITERAL + 1)]
        {
            assert!(!is_literal(words), "{words}");
        }
    }

    #[test]
    fn a_day_before_1900_is_no_date_of_excel() {
        assert!(excel_day(Date::constant(1898, 6, 11)).is_none());
        assert!(excel_day(Date::constant(2025, 6, 16)).is_some());
    }
}
