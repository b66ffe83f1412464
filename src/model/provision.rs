//! Measures and the facts of a provision.

use super::terms::terms;
use super::{Citation, Deadline, Found, Target};
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// A measure (措施): one numbered provision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// Printed ordinal; may repeat from chapter to chapter.
    #[serde(rename = "n")]
    pub ordinal: u32,
    /// Ordinal of its chapter: of the last one with that ordinal before it, as the chapters of an
    /// annexed text begin with 1 again.
    pub section: Option<u32>,
    /// Heading sentence.
    pub title: Option<Found<String>>,
    /// Whole text, from after the ordinal to the end of its last paragraph, heading and
    /// responsibility clauses included.
    pub span: Span,
    /// Responsibility clauses in the text.
    pub clauses: Vec<Span>,
    /// Facts.
    pub provision: Provision,
}

/// The facts of a measure, of the prose of a chapter, or of a document without measures.
///
/// Each list is in text order, without repeats.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Provision {
    /// Responsible agencies (责任单位).
    pub responsible: Vec<Duty>,
    /// Responsible classes of bodies (各区人民政府), which name no single agency.
    pub classes: Vec<ClassDuty>,
    /// Other agencies, by canonical name.
    pub agencies: Vec<Found<String>>,
    /// Cited instruments.
    pub cites: Vec<Citation>,
    /// Product categories, by label.
    pub products: Vec<Found<String>>,
    /// Quantified commitments and limits.
    pub targets: Vec<Target>,
    /// Deadlines of tasks (完成时限).
    pub deadlines: Vec<Deadline>,
    /// Named platforms, programmes, lists and mechanisms.
    pub platforms: Vec<Found<String>>,
    /// Binding force (情态), sentence by sentence.
    pub modality: Vec<Found<Modality>>,
}

impl Provision {
    /// Spans of all facts. A new field must be listed here to compile.
    pub(super) fn spans(&self) -> impl Iterator<Item = Span> {
        let Provision {
            responsible,
            classes,
            agencies,
            cites,
            products,
            targets,
            deadlines,
            platforms,
            modality,
        } = self;
        let found = agencies.iter().chain(products).chain(platforms);
        let duties = responsible.iter().map(|duty| duty.span);
        let duties = duties.chain(classes.iter().map(|class| class.span));
        duties
            .chain(found.map(|found| found.span))
            .chain(cites.iter().map(|citation| citation.span))
            .chain(targets.iter().map(|target| target.span))
            .chain(
                deadlines
                    .iter()
                    .flat_map(|deadline| deadline.task.into_iter().chain([deadline.span])),
            )
            .chain(modality.iter().map(|found| found.span))
    }

    /// Returns true if the duties and targets of every deadline exist and ascend.
    pub(super) fn deadlines_are_bound(&self) -> bool {
        let within = |places: &[u32], count: usize| {
            places.is_sorted_by(|one, next| one < next)
                && places.last().is_none_or(|&last| (last as usize) < count)
        };
        self.deadlines.iter().all(|deadline| {
            within(&deadline.duties, self.responsible.len())
                && within(&deadline.targets, self.targets.len())
        })
    }
}

/// The role of one agency in a measure, as a responsibility clause states it.
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
    /// Canonical name of the agency.
    pub agency: String,
    /// Its role.
    pub role: Role,
    /// The words that name it.
    pub span: Span,
}

/// The role of a class of bodies in a measure: 各区人民政府, 有关单位.
///
/// A class names no single agency. It is no node of the graph.
///
/// ```
/// use policygraph::{Lexicon, Role, read};
///
/// let text = "宁波市人民政府关于加强河道管护的若干措施
/// (一)压实责任。建立河道巡查台账。(市水利局、各区(县、市)人民政府按职责分工负责)";
/// let record = read(Lexicon::builtin(), "nb", text);
/// let class = &record.measures[0].provision.classes[0];
/// assert_eq!((class.class.as_str(), class.role), ("各区(县、市)人民政府", Role::Joint));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassDuty {
    /// Name of the class, as printed.
    pub class: String,
    /// Its role.
    pub role: Role,
    /// The words that name it.
    pub span: Span,
}

terms! {
    /// The role of an agency in a measure (职责).
    ///
    /// ```
    /// use policygraph::Role;
    ///
    /// assert_eq!("joint".parse::<Role>().unwrap(), Role::Joint);
    /// assert_eq!(format!("{:#}", Role::Joint), "joint (分工负责)");
    /// ```
    pub enum Role {
        /// Responsible alone (负责).
        Sole = "sole" "负责",
        /// Lead (牵头).
        Lead = "lead" "牵头",
        /// One of several, none of them leading (按职责分工负责).
        Joint = "joint" "分工负责",
        /// Support (配合).
        Support = "support" "配合",
    }
}

terms! {
    /// Binding force of a sentence (情态).
    ///
    /// Ordered by force: if a sentence has words of several, the greatest counts.
    ///
    /// ```
    /// use policygraph::{Lexicon, Modality, read};
    ///
    /// let text = "(一)规范检查。推动非现场监管。鼓励企业自查,可以共享结果;不得重复检查。
    /// (二)优化许可。符合条件的,可以免予现场核查。供应企业名单另行公布。";
    /// let record = read(Lexicon::builtin(), "note", text);
    /// let modality = |measure: usize| -> Vec<(Modality, &str)> {
    ///     let found = &record.measures[measure].provision.modality;
    ///     found.iter().map(|m| (m.value, m.span.slice(&record.text))).collect()
    /// };
    /// assert_eq!(modality(0), [(Modality::Promote, "推动"), (Modality::Allow, "可以"),
    ///                          (Modality::Must, "不得")]);
    /// assert_eq!(modality(1), [(Modality::Exempt, "可以免予")]); // 许可, 供应 bind nothing
    /// ```
    pub enum Modality {
        /// 推动, 加强, 完善.
        Promote = "promote" "推动",
        /// 鼓励, 支持, 引导.
        Encourage = "encourage" "鼓励",
        /// 允许, 可以.
        Allow = "allow" "允许",
        /// 免予, 豁免, 不再要求.
        Exempt = "exempt" "免予",
        /// 应当, 必须, 不得.
        Must = "must" "应当",
    }
}
