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
        /// Labels of the issuer: 发文机关 ….
        issued_by: Words,
        /// Labels of who provided a page: 来源 ….
        provided_by: Words,
        /// Words after the name of a body that make it the name of its site: 官网.
        site_names: Words,
        /// Labels of the document number (发文字号).
        numbered: Words,
        /// Labels of the title (标题).
        titled: Words,
        /// Labels of the date of signature (成文日期).
        signed_on: Words,
        /// Labels of the date of publication (发布日期).
        published_on: Words,
        /// Labels of a date that is that of publication below a title only: 时间.
        posted_on: Words,
        /// Labels of the day of effect (施行日期).
        effective_on: Words,
        /// Labels of the day of expiry (废止日期).
        expires_on: Words,
        /// Labels of other facts around a title: 索引号 ….
        stated: Words,
        /// Ends of the names of attached files: .docx ….
        file_endings: Words,
        /// Words in the heads of the columns of a table.
        columns: ColumnWords,
    }
}

table! {
    /// Words with which the heads of the columns of a table end, by what is in the cells, and words
    /// of the lines above. Most of those of responsible bodies are in `duties.json`.
    ColumnWords {
        /// Numbers of the rows: 序号.
        numbers: Words,
        /// Tasks: 重点任务, 具体措施.
        tasks: Words,
        /// Things that are tasks beside a column of responsible bodies: 项目, 指标.
        items: Words,
        /// Bodies that lead, beside those of `duties.json`: 主办.
        leads: Words,
        /// Bodies that support, beside those of `duties.json`: 协办.
        supports: Words,
        /// Bodies, if the head is just this word: 部门.
        bodies: Words,
        /// Duties of the bodies in another column: 职责.
        charges: Words,
        /// Days until which the tasks are done: 完成时限.
        deadlines: Words,
        /// Figures or results to reach: 目标值.
        goals: Words,
        /// Beginnings of a line between a caption and its table: 单位:万元.
        units: Words,
        /// Labels of an annex before its title: 附表.
        annexes: Words,
    }
}
