//! Responsibility: (省药监局负责), (A牵头,B、C配合), （责任单位：A、B）.

mod first;
mod items;
mod acts;
mod parties;
mod group;

use super::clauses::clauses;
use super::inline_duties::{InlineDuty, inline_duties};
use crate::lexicon::DutyRole;
use crate::model::{ClassDuty, Duty, Role};
use crate::outline::Row;
use crate::read::context::Context;
use crate::read::interval_set::IntervalSet;
use crate::text::Span;
pub(in crate::read) use first::first_leads;
use group::{Group, Party, read_cell, read_clause};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// The duties of a range.
#[derive(Debug, Default)]
pub(super) struct Duties {
    pub(super) duties: Vec<Duty>,
    /// Classes of bodies with a role: 各区人民政府.
    pub(super) classes: Vec<ClassDuty>,
    /// The responsibility clauses.
    pub(super) clauses: Vec<Range<usize>>,
    /// The agencies' names in running text: 由A牵头,B协同.
    pub(super) inline: Vec<Range<usize>>,
    known: FxHashSet<(String, Role)>,
}

impl Duties {
    /// Adds a duty that is not known yet.
    fn push(&mut self, agency: String, role: Role, span: Span) {
        if self.known.insert((agency.clone(), role)) {
            self.duties.push(Duty { agency, role, span });
        }
    }

    /// Adds a class with a role that it does not have yet.
    fn push_class(&mut self, class: String, role: Role, span: Span) {
        if self.known.insert((class.clone(), role)) {
            self.classes.push(ClassDuty { class, role, span });
        }
    }
}

/// Returns the duties of a range: those of the cells of a row, then those of its responsibility
/// clauses, then those of running text. O(n).
pub(super) fn duties(context: &Context, range: &Range<usize>, row: Option<&Row>) -> Duties {
    let names = &context.names;
    let text = names.text;
    let mut duties = Duties::default();
    let mut group = Group::default();
    for (duty, cell) in row.iter().flat_map(|row| &row.duties) {
        if read_cell(names, *duty, cell, &mut group) {
            duties.clauses.push(cell.clone());
        }
    }
    assign_roles(context, std::mem::take(&mut group), &mut duties);
    let cells: IntervalSet = duties.clauses.iter().cloned().collect();
    let mut end = None;
    for clause in clauses(names, range) {
        if cells.intersects(&clause.range) {
            continue;
        }
        // (牵头单位:A)(配合单位:B) are one group.
        let between = end.map(|end| text.slice(end..clause.range.start));
        if !between.is_some_and(|between| matches!(between, "" | "\n" | ";" | ",")) {
            assign_roles(context, std::mem::take(&mut group), &mut duties);
        }
        if read_clause(names, &clause, &mut group) {
            end = Some(clause.range.end);
            duties.clauses.push(clause.range);
        }
    }
    assign_roles(context, group, &mut duties);
    duties.clauses.sort_unstable_by_key(|clause| clause.start);
    let clauses: IntervalSet = duties.clauses.iter().cloned().collect();
    for InlineDuty { agency, role } in inline_duties(names, range, &clauses) {
        duties.push(agency.name.to_string(), role, text.span(agency.range.clone()));
        duties.inline.push(agency.range);
    }
    duties
}

/// Gives each party of a group its role.
fn assign_roles(context: &Context, group: Group, duties: &mut Duties) {
    let duty = |party: &Party| party.own_duty.or(party.duty);
    let parties = group.parties;
    let leads = parties.iter().any(|party| duty(party) == Some(DutyRole::Lead));
    let responsible =
        parties.iter().filter(|p| matches!(duty(p), Some(DutyRole::Responsible) | None)).count();
    let sole = responsible < 2 && !group.open;
    let mut first = true;
    for party in parties {
        let role = match duty(&party) {
            Some(DutyRole::Lead) => Role::Lead,
            Some(DutyRole::Support) => Role::Support,
            // (A牵头,B、C按职责分工负责): the verb of B and C makes them responsible too.
            Some(DutyRole::Responsible) if leads && party.by_verb => Role::Joint,
            _ if leads => Role::Support,
            _ if sole => Role::Sole,
            _ if !context.first_leads => Role::Joint,
            _ if first => Role::Lead,
            _ => Role::Support,
        };
        first = false;
        let text = context.names.text;
        let span = text.span(party.range.clone());
        match party.agency {
            Some(agency) => duties.push(agency, role, span),
            None => duties.push_class(text.printed(party.range), role, span),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Lexicon, Role, read};

    /// Duties of a measure that ends in `clause`, in a document of `issuer`: L lead,
    /// S support, J joint, 1 sole.
    fn duties(issuer: &str, clause: &str) -> String {
        let text = format!("{issuer}关于优化服务的若干措施\n一、加强监管。健全机制。{clause}\n");
        let record = read(Lexicon::builtin(), "case", text);
        let duties = record.measures[0].provision.responsible.iter();
        let role = |role| match role {
            Role::Sole => '1',
            Role::Lead => 'L',
            Role::Joint => 'J',
            Role::Support => 'S',
        };
        duties.map(|d| format!("{}{}", role(d.role), d.agency)).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(issuer: &str, cases: &[(&str, &str)]) {
        for (clause, expected) in cases {
            assert_eq!(duties(issuer, clause), *expected, "{clause}");
        }
    }

    #[test]
    fn labels_and_verbs_give_roles() {
        check(
            "江西省人民政府",
            &[
                ("(省教育厅负责)", "1江西省教育厅"),
                ("(由省教育厅、省财政厅按职责分工负责)", "J江西省教育厅 J江西省财政厅"),
                (
                    "(省教育厅牵头,省财政厅、省审计厅配合)",
                    "L江西省教育厅 S江西省财政厅 S江西省审计厅",
                ),
                ("(省教育厅、省财政厅牵头)", "L江西省教育厅 L江西省财政厅"),
                ("(省教育厅牵头、省财政厅配合)", "L江西省教育厅 S江西省财政厅"),
                ("(省教育厅会同省财政厅负责)", "L江西省教育厅 S江西省财政厅"),
                (
                    "（牵头单位：省教育厅；责任单位：省财政厅、省审计厅）",
                    "L江西省教育厅 S江西省财政厅 S江西省审计厅",
                ),
                ("（责任单位：省教育厅（牵头）、省财政厅）", "L江西省教育厅 S江西省财政厅"),
                ("【责任单位：省教育厅；完成时限：2025年12月】", "1江西省教育厅"),
                ("（责任部门：省教育厅，各设区市人民政府）", "J江西省教育厅"),
                ("[责任单位:省教育厅等]", "J江西省教育厅"),
                ("（省教育厅、省财政厅）", "J江西省教育厅 J江西省财政厅"),
            ],
        );
    }

    #[test]
    fn a_label_opens_a_sentence_or_a_line() {
        check(
            "江西省人民政府",
            &[
                ("责任单位：省教育厅、省财政厅", "J江西省教育厅 J江西省财政厅"),
                ("\n牵头单位：省教育厅\n配合单位：省财政厅", "L江西省教育厅 S江西省财政厅"),
                ("\n**责任单位**：省教育厅", "1江西省教育厅"),
                ("【牵头单位：省教育厅】【配合单位：省财政厅】", "L江西省教育厅 S江西省财政厅"),
                (
                    "(省教育厅负责)\n2.健全制度。(省教育厅、省财政厅负责)",
                    "1江西省教育厅 J江西省教育厅 J江西省财政厅",
                ),
            ],
        );
    }

    #[test]
    fn other_brackets_give_no_duty() {
        for clause in [
            "(以下简称省局)。",
            "(省教育厅负责人)。",
            "（详见附件：责任清单）",
            "(责任单位:有关部门)",
        ] {
            assert_eq!(duties("江西省人民政府", clause), "", "{clause}");
        }
    }

    #[test]
    fn the_first_leads_if_the_text_declares_it() {
        for rule in [
            "列第一位者为牵头单位",
            "责任单位列首位的为牵头单位，下同",
            "排名第一的为牵头单位",
            "牵头单位排在第一位",
        ] {
            let clause = format!("（责任单位：省教育厅、省财政厅，{rule}）");
            let expected = "L江西省教育厅 S江西省财政厅";
            assert_eq!(duties("江西省人民政府", &clause), expected, "{rule}");
        }
    }

    #[test]
    fn names_are_resolved_in_the_document() {
        check(
            "宁波市人民政府",
            &[
                ("(市发展改革委（市能源局）负责)", "1宁波市发展和改革委员会"),
                ("(省教育厅、财政厅负责)", "J浙江省教育厅 J浙江省财政厅"),
                (
                    "(市委宣传部、网信办负责)",
                    "J中共宁波市委宣传部 J中共宁波市委网络安全和信息化委员会办公室",
                ),
                ("(团市委负责)", "1共青团宁波市委员会"),
                ("(宁波金融监管局负责)", "1国家金融监督管理总局宁波监管局"),
                ("(人民银行宁波市分行负责)", "1中国人民银行宁波市分行"),
                ("(市公安局交警支队负责)", "1宁波市公安局交警支队"),
                ("(市轨道办负责)", "1宁波市轨道办"),
                ("(国网宁波供电公司负责)", "1国网宁波供电公司"),
                ("(高新区管委会负责)", "1宁波市高新区管理委员会"),
                ("(镇海区财政局、教育局负责)", "J宁波市镇海区财政局 J宁波市镇海区教育局"),
            ],
        );
        check(
            "国家发展和改革委员会",
            &[(
                "(国家发展改革委、卫生健康委、财政部负责)",
                "J国家发展和改革委员会 J国家卫生健康委员会 J财政部",
            )],
        );
        check("广州市海珠区人民政府", &[("(华洲街道负责)", "1广州市海珠区华洲街道办事处")]);
    }

    #[test]
    fn a_defined_short_name_is_resolved() {
        let clause = "江西省药品监督管理局(以下简称省局)统筹。(省局、省局审评中心负责)";
        let expected = "J江西省药品监督管理局 J江西省药品监督管理局审评中心";
        assert_eq!(duties("江西省人民政府", clause), expected);
    }

    #[test]
    fn running_text_gives_duties_too() {
        check(
            "江西省人民政府",
            &[
                ("由省教育厅负责实施。", "1江西省教育厅"),
                ("由省教育厅会同省财政厅负责。", "L江西省教育厅 S江西省财政厅"),
                (
                    "由省教育厅、省财政厅牵头,省审计厅、省统计局配合。",
                    "L江西省教育厅 L江西省财政厅 S江西省审计厅 S江西省统计局",
                ),
                ("加强与省教育厅负责同志沟通。", ""),
            ],
        );
    }
}
