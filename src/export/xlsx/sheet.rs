//! A sheet with a frozen head and filters.

use super::cell::{Cell, Formats};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// The caption of a column in Chinese and English, and its width in characters.
pub(super) type Heading<'a> = (&'a str, &'a str, f64);

/// A sheet that is written row by row.
pub(super) struct Sheet<'w> {
    sheet: &'w mut Worksheet,
    formats: Formats,
    columns: u16,
    rows: u32,
}

impl<'w> Sheet<'w> {
    /// Adds a sheet and writes its head.
    ///
    /// * `frozen`: number of columns that stay when the sheet is scrolled to the right.
    pub(super) fn new(
        workbook: &'w mut Workbook,
        name: &str,
        headings: &[Heading<'_>],
        frozen: u16,
    ) -> Result<Sheet<'w>, XlsxError> {
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, frozen)?;
        sheet.set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(0, 0)?;
        let formats = formats();
        sheet.set_row_height(0, 32)?;
        let mut columns = 0;
        for (chinese, english, width) in headings {
            sheet.set_column_width(columns, *width)?;
            let caption = format!("{chinese}\n{english}");
            sheet.write_string_with_format(0, columns, caption, &formats.head)?;
            columns += 1;
        }
        Ok(Sheet { sheet, formats, columns, rows: 0 })
    }

    /// Writes the next row.
    pub(super) fn row<'a>(
        &mut self,
        cells: impl IntoIterator<Item = Cell<'a>>,
    ) -> Result<(), XlsxError> {
        self.rows += 1;
        for (column, cell) in (0..).zip(cells) {
            cell.write(self.sheet, (self.rows, column), &self.formats)?;
        }
        Ok(())
    }

    /// Sets the filters of all columns.
    pub(super) fn finish(self) -> Result<(), XlsxError> {
        self.sheet.autofilter(0, 0, self.rows, self.columns.saturating_sub(1))?;
        Ok(())
    }
}

fn formats() -> Formats {
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    Formats {
        head: Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(Color::RGB(0x00DD_E6F0))
            .set_border_bottom(FormatBorder::Thin),
        day: text.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
        link: text.clone().set_hyperlink(),
        text,
    }
}
