//! Records in, graph out: names become ids, facts become edges.

use super::edges::{EdgePairs, Edges, SaidPairs};
use super::links::Links;
use super::policies::{Resolved, resolution, resolve};
use super::tables::{Speaker, Tables, TargetRow};
use super::*;
use crate::correspond::{Articles, THRESHOLD};
use crate::features::said;
use crate::lexicon::Lexicon;
use crate::model::{Dates, Found, Heading, Measure, PartialDate, Provision, Record, Rule};
use crate::text::Span;
use indexmap::IndexSet;
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::Arc;

impl Graph {
    /// Assembles the records, which must ascend by key. Linear.
    pub(crate) fn assemble(records: Box<[Arc<Record>]>, lexicon: &Lexicon) -> Graph {
        let documents = records.clone(); // of pointers
        let mut policies = resolve(&documents, lexicon);
        let tables = Tables::new(records, std::mem::take(&mut policies.rows));
        let mut assembly = Assembly::new(tables, &policies, lexicon);
        assembly.products();
        assembly.outlines();
        for document in (0..documents.len()).map(DocId::from_index) {
            assembly.document(document, &documents[document.index()]);
        }
        assembly.texts();
        assembly.agencies();
        assembly.regions();
        assembly.freeze()
    }
}

struct Assembly<'r> {
    lexicon: &'r Lexicon,
    policies: &'r Resolved<'r>,
    tables: Tables,
    edges: EdgePairs,
    notes: Vec<GraphNote>,
    /// The articles of the outlined policies, and the id of the first.
    articles: HashMap<PolicyId, (Articles, usize)>,
}

impl<'r> Assembly<'r> {
    fn new(tables: Tables, policies: &'r Resolved<'r>, lexicon: &'r Lexicon) -> Self {
        Assembly {
            lexicon,
            policies,
            tables,
            edges: EdgePairs::default(),
            notes: Vec::new(),
            articles: HashMap::new(),
        }
    }

    /// The taxonomy, whether or not anything covers it.
    fn products(&mut self) {
        for product in self.lexicon.products() {
            self.tables.products.intern(&product.label);
        }
        for product in self.lexicon.products() {
            let narrow = self.tables.products.intern(&product.label);
            for broad in &product.broader {
                let broad = self.tables.products.intern(broad);
                self.edges.known.broader.push(narrow, broad, Proof::Vocabulary);
            }
        }
    }

    /// The policies whose outline is known, whether or not anyone cites them.
    fn outlines(&mut self) {
        let mut outlines: Vec<_> =
            self.policies.outlined.iter().copied().zip(self.lexicon.outlines()).collect();
        outlines.sort_by_key(|(policy, _)| *policy);
        for (policy, outline) in outlines {
            let first = self.tables.articles.len();
            self.tables.add_articles(policy, outline);
            for (article, of) in (first..).map(ArticleId::from_index).zip(&outline.articles) {
                self.edges.known.consists.push(policy, article, Proof::Vocabulary);
                for product in &of.products {
                    let product = self.tables.products.intern(product);
                    self.edges.known.article_covers.push(article, product, Proof::Vocabulary);
                }
            }
            self.articles.insert(policy, (Articles::new(&outline.articles), first));
        }
    }

    fn document(&mut self, document: DocId, record: &Record) {
        let from = |span, rule| Proof::Text(Evidence { document, span, rule });
        for region in &record.region {
            self.tables.regions.intern(region);
        }
        for issuer in &record.issuers {
            let agency = self.tables.agencies.intern(&issuer.value);
            self.edges.frame.issued_by.push(document, agency, from(issuer.span, issuer.rule));
        }
        for addressee in &record.addressees {
            // 各市市场监督管理局 is a class of bodies: it stays in the record.
            if self.lexicon.agency(&addressee.value).is_some() {
                let agency = self.tables.agencies.intern(&addressee.value);
                let proof = from(addressee.span, addressee.rule);
                self.edges.frame.addressed_to.push(document, agency, proof);
            }
        }
        let mut implemented = IndexSet::new();
        for citation in &record.implements {
            let policy = self.policies.policy(citation);
            let how = resolution(record, citation, &self.tables.policies[policy.index()]);
            let proof = from(citation.span, citation.rule);
            self.edges.frame.implements.push_labelled(document, policy, how, proof);
            if implemented.insert(policy) {
                self.check_dates(document, &record.dates, policy, citation.span);
            }
        }
        for citation in &record.repeals {
            let policy = self.policies.policy(citation);
            let how = resolution(record, citation, &self.tables.policies[policy.index()]);
            let proof = from(citation.span, citation.rule);
            self.edges.frame.repeals.push_labelled(document, policy, how, proof);
        }
        if let Some(body) = &record.body {
            let said = &mut self.edges.body;
            say(said, document, Speaker::Body(document), body, self.policies, &mut self.tables);
        }
        self.parts(document, record, &implemented);
    }

    /// Chapters, measures, and what the measures say.
    fn parts(&mut self, document: DocId, record: &Record, implemented: &IndexSet<PolicyId>) {
        let printed = |span| Proof::Text(Evidence { document, span, rule: Rule::Ordinal });
        for (section, heading) in self.tables.sections.of(document).zip(&record.sections) {
            self.edges.frame.document_section.push(document, section, printed(heading.span));
        }
        for (id, measure) in self.tables.measures.of(document).zip(&record.measures) {
            let proof = printed(measure.title.as_ref().map_or(measure.span, |title| title.span));
            self.edges.frame.document_measure.push(document, id, proof);
            if let Some(section) = section_of(&self.tables, document, record, measure) {
                self.edges.frame.section_measure.push(section, id, proof);
            }
            say(
                &mut self.edges.measure,
                id,
                Speaker::Measure(id),
                &measure.provision,
                self.policies,
                &mut self.tables,
            );
            self.correspond(id, record, measure, implemented);
        }
    }
}

impl Assembly<'_> {
    /// A child is not older than its parent.
    fn check_dates(&mut self, document: DocId, dates: &Dates, policy: PolicyId, span: Span) {
        let row = &self.tables.policies[policy.index()];
        let child = dates.signed.as_ref().or(dates.published.as_ref());
        let (Some(child), Some(parent)) = (child, row.signed.or(row.published)) else { return };
        if last_day(child) < parent.first_day() {
            let message = format!(
                "dated {}, before {} ({parent}), which it carries out: is a date misread?",
                child.value, row.title
            );
            self.notes.push(GraphNote { document, span, message });
        }
    }

    /// The articles of the implemented policies that the measure is like.
    fn correspond(
        &mut self,
        id: MeasureId,
        record: &Record,
        measure: &Measure,
        implemented: &IndexSet<PolicyId>,
    ) {
        for policy in implemented {
            let Some((articles, first)) = self.articles.get(policy) else { continue };
            let products = measure.provision.products.iter().map(|product| product.value.as_str());
            let found = articles.corresponding(said(measure, &record.text).chain(products));
            for candidate in found.into_iter().take_while(|c| c.score >= THRESHOLD) {
                let article = ArticleId::from_index(first + candidate.article);
                let proof = Proof::Derived { method: Method::Wording, score: candidate.score };
                self.edges.concluded.corresponds_to.push(id, article, proof);
            }
        }
    }

    /// The policies whose text is in the corpus.
    fn texts(&mut self) {
        for &(policy, document) in &self.policies.texts {
            let number = &self.tables.policies[policy.index()].number;
            let printed = &self.tables.record(document).number;
            let same_number = printed.as_ref().map(|number| &*number.value) == number.as_deref();
            let method = match number {
                Some(_) if same_number => Method::SameNumber,
                _ => Method::SameTitle,
            };
            let proof = Proof::Derived { method, score: 1.0 };
            self.edges.concluded.text_in.push(policy, document, proof);
        }
    }

    /// Where agencies belong. Counterparts and superiors become agencies too.
    fn agencies(&mut self) {
        let mut next = 0;
        while next < self.tables.agencies.len() {
            let agency = AgencyId::from_index(next);
            next += 1;
            let Some(facts) = self.lexicon.agency(self.tables.agencies.name(agency)) else {
                continue;
            };
            let region = self.tables.regions.intern(&facts.region);
            self.edges.known.belongs_to.push(agency, region, Proof::Vocabulary);
            if let Some(superior) = &facts.superior {
                let superior = self.tables.agencies.intern(superior);
                self.edges.known.superior.push(agency, superior, Proof::Vocabulary);
            }
            if let Some(national) = &facts.national {
                let national = self.tables.agencies.intern(national);
                self.edges.known.national.push(agency, national, Proof::Vocabulary);
            }
        }
    }

    /// Where regions lie, up to 中国.
    fn regions(&mut self) {
        let mut next = 0;
        while next < self.tables.regions.len() {
            let region = RegionId::from_index(next);
            next += 1;
            if let Some(above) = self.lexicon.within(self.tables.regions.name(region)) {
                let above = self.tables.regions.intern(above);
                self.edges.known.within.push(region, above, Proof::Vocabulary);
            }
        }
    }

    fn freeze(self) -> Graph {
        let edges: Edges = self.edges.freeze(&self.tables);
        let links = Links::build(&self.tables, &edges);
        Graph { tables: self.tables, edges, links, notes: self.notes.into() }
    }
}

/// The facts of a measure or a body, as edges.
fn say<S: TypedId>(
    said: &mut SaidPairs<S>,
    source: S,
    speaker: Speaker,
    provision: &Provision,
    policies: &Resolved<'_>,
    tables: &mut Tables,
) {
    let document = tables.document_of(speaker);
    let from = |span, rule| Proof::Text(Evidence { document, span, rule });
    for duty in &provision.responsible {
        let agency = tables.agencies.intern(&duty.agency);
        said.responsible.push_labelled(
            source,
            agency,
            duty.role,
            from(duty.span, Rule::DutyClause),
        );
    }
    for found in &provision.agencies {
        let agency = tables.agencies.intern(&found.value);
        said.mentions.push(source, agency, from(found.span, found.rule));
    }
    for citation in &provision.cites {
        let policy = policies.policy(citation);
        let row = &tables.policies[policy.index()];
        let how = resolution(tables.record(document), citation, row);
        said.cites.push_labelled(source, policy, how, from(citation.span, citation.rule));
    }
    for found in &provision.products {
        let product = tables.products.intern(&found.value);
        said.covers.push(source, product, from(found.span, found.rule));
    }
    for (place, target) in (0..).zip(&provision.targets) {
        let id = TargetId::from_index(tables.targets.len());
        tables.targets.push(TargetRow { speaker, place });
        said.commits_to.push(source, id, from(target.span, Rule::Quantity));
    }
    for found in &provision.platforms {
        let platform = tables.platforms.intern(&found.value);
        said.uses.push(source, platform, from(found.span, found.rule));
    }
}

/// The chapter that a measure names and stands in.
fn section_of(
    tables: &Tables,
    document: DocId,
    record: &Record,
    measure: &Measure,
) -> Option<SectionId> {
    let begun = |heading: &Heading| heading.span.start <= measure.span.start;
    let place = record.sections.partition_point(begun).checked_sub(1)?;
    let named = measure.section == Some(record.sections[place].n);
    tables.sections.at(document, place).filter(|_| named)
}

/// The last day that a date can mean.
fn last_day(date: &Found<PartialDate>) -> Date {
    date.value.date().unwrap_or_else(|| date.value.first_day().last_of_month())
}
