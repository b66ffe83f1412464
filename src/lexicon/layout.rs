use super::Words;
use super::table::table;

table! {
    /// Words with which the parts of a document begin: `layout.json`.
    LayoutWords {
        /// Chapter headings; in a flattened text no mark separates them from the next sentence.
        chapters: Words,
        /// Beginnings of closing lines: 附件, 抄送 ….
        closings: Words,
        /// Beginnings of lines that a web page prints around a text: 上一篇, 扫一扫 ….
        furniture: Words,
        /// Labels of the issuer: 发文机关: ….
        issued_by: Words,
        /// Labels of the date of signature (成文日期).
        signed_on: Words,
        /// Labels of the date of publication (发布日期).
        published_on: Words,
    }
}
