//! Records in, graph out: names become ids, facts become edges.
//!
//! A graph is assembled out of an older one and what has changed since; from
//! nothing, out of the empty one. Documents are read that are new, and those
//! whose citations have come to mean something else. The edges of all others
//! are taken over: copied, with the ids that they lead to put right.

mod interner;
pub(super) mod kept_ranges;

use super::carry_over::{CarryOver, IdMap};
use super::edges::{EdgePairs, Edges, ProvisionPairs};
use super::policies::{PolicyNames, PolicyRegistry, resolution};
use super::provider::ProviderId;
use super::rows::Freezer;
use super::tables::{Parts, Tables, TargetRow};
use super::*;
use crate::correspond::{Articles, stated};
use crate::features::Extractor;
use crate::lexicon::Lexicon;
use crate::model::{Citation, Dates, Heading, Measure, Provision, Record, Rule};
use crate::text::Span;
use indexmap::IndexSet;
use interner::Interner;
use kept_ranges::{KeptRanges, Renumbering};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

impl Graph {
    /// The graph of no documents and no vocabulary.
    pub(crate) fn empty() -> Graph {
        let (tables, edges) = (Tables::default(), Edges::default());
        Graph { tables, edges, links: OnceCell::new(), notes: [].into() }
    }

    /// Assembles the records, which must ascend by key, out of an older graph.
    ///
    /// * `forms`: those of the older graph's records; they become the new one's.
    /// * The lexicon is that of the older graph, unless that is empty.
    /// * Linear in what the documents say that are read; of all others a copy.
    pub(crate) fn assemble(
        records: Box<[Arc<Record>]>,
        old: &Graph,
        forms: &mut PolicyRegistry,
        lexicon: &Lexicon,
    ) -> Graph {
        let same = same_keys(&old.tables.documents, &records);
        let mut is_read = vec![true; records.len()];
        for (before, id) in old.tables.documents.iter().zip(&same.0) {
            match id.filter(|id| Arc::ptr_eq(before, &records[id.index()])) {
                Some(id) => is_read[id.index()] = false,
                None => forms.remove(before),
            }
        }
        let changed = records.iter().zip(&is_read).filter(|(_, is_read)| **is_read);
        changed.for_each(|(record, _)| forms.add(record, lexicon));

        let changes = forms.resolve(lexicon);
        let unresolved =
            changes.unresolved.iter().flat_map(|&policy| old.documents_that_name(policy));
        for id in unresolved.filter_map(|document| same.get(document)) {
            is_read[id.index()] = true;
        }

        let mut carry_over = CarryOver::default();
        for (at, id) in same.0.iter().enumerate() {
            if let Some(id) = id.filter(|id| !is_read[id.index()]) {
                carry_over.documents.kept.push(at..at + 1, id.index());
            }
        }
        carry_over.documents.ids = same;
        carry_over.policies = IdMap { kept: changes.kept, ids: changes.ids };
        let mut assembly = Assembly::new(old, records, carry_over, forms, lexicon, changes.added);
        assembly.products();
        assembly.outlines();
        assembly.documents();
        assembly.texts();
        assembly.known_agencies();
        assembly.known_regions();
        assembly.freeze()
    }

    /// Whether it was assembled of these very records.
    pub(crate) fn is_of<'r>(
        &self,
        records: impl ExactSizeIterator<Item = &'r Arc<Record>>,
    ) -> bool {
        let documents = &self.tables.documents;
        let lengths = documents.len() == records.len();
        let mut pairs = documents.iter().zip(records);
        lengths && pairs.all(|(mine, other)| Arc::ptr_eq(mine, other))
    }

    /// The documents that name a policy anywhere; may repeat.
    fn documents_that_name(&self, policy: PolicyId) -> impl Iterator<Item = DocId> {
        let framed = self.implemented_by(policy).iter().chain(self.repealed_by(policy));
        let measures = self.cited_by(policy).iter().map(|&measure| self.document_of(measure));
        framed.chain(self.cited_in::<DocId>(policy)).copied().chain(measures)
    }
}

/// The place of each old record among the new ones, by its key.
fn same_keys(old: &[Arc<Record>], new: &[Arc<Record>]) -> Renumbering<DocId> {
    let mut at = 0;
    let same = |record: &Arc<Record>| {
        // Most are the very same: then the keys need not be looked at.
        while new.get(at).is_some_and(|n| !Arc::ptr_eq(n, record) && n.key < record.key) {
            at += 1;
        }
        new.get(at).filter(|n| Arc::ptr_eq(n, record) || n.key == record.key)?;
        at += 1;
        Some(DocId::from_index(at - 1))
    };
    Renumbering(old.iter().map(same).collect())
}

struct Assembly<'r> {
    lexicon: &'r Lexicon,
    forms: &'r PolicyRegistry,
    old: &'r Graph,
    carry_over: CarryOver,
    /// The policies of which nothing is taken over, ascending.
    made: Vec<PolicyId>,
    tables: Tables,
    agencies: Interner<'r, AgencyId>,
    products: Interner<'r, ProductId>,
    regions: Interner<'r, RegionId>,
    platforms: Interner<'r, PlatformId>,
    edges: EdgePairs,
    notes: Vec<GraphNote>,
    /// The articles of the outlined policies, and the id of the first.
    articles: HashMap<PolicyId, (Articles, usize)>,
    extractor: Extractor,
}

impl<'r> Assembly<'r> {
    fn new(
        old: &'r Graph,
        records: Box<[Arc<Record>]>,
        mut carry_over: CarryOver,
        forms: &'r PolicyRegistry,
        lexicon: &'r Lexicon,
        made: Vec<PolicyId>,
    ) -> Self {
        let mut before = vec![None; records.len()];
        for segment in carry_over.documents.kept.iter() {
            for (at, old) in (segment.new..).zip(segment.old.clone()) {
                before[at] = Some(DocId::from_index(old));
            }
        }
        let sections = Parts::number(before.iter().zip(&records).map(|(before, record)| {
            before.map_or_else(|| record.sections.len(), |id| old.tables.sections.of(id).len())
        }));
        let measures = Parts::number(before.iter().zip(&records).map(|(before, record)| {
            before.map_or_else(|| record.measures.len(), |id| old.tables.measures.of(id).len())
        }));
        carry_over.sections = parts_moved(&old.tables.sections, &sections, &carry_over.documents);
        carry_over.measures = parts_moved(&old.tables.measures, &measures, &carry_over.documents);
        let mut articles = KeptRanges::<ArticleId>::default();
        articles.push(0..old.tables.articles.len(), 0);
        carry_over.articles.ids = articles.renumbering(old.tables.articles.len());

        let rows = forms.rows();
        let kept = |id| carry_over.policies.kept.find(id);
        let policy_names =
            PolicyNames::new(&old.tables.policy_names, kept, made.iter().copied(), &rows);
        let says = |document: &DocId| carry_over.documents.kept.find(*document).is_some();
        let speaks = |measure: &MeasureId| says(&old.document_of(*measure));
        Assembly {
            lexicon,
            forms,
            old,
            agencies: Interner::new(&old.tables.agencies, |agency| {
                old.issued(agency).iter().any(says)
                    || old.receives(agency).iter().any(says)
                    || old.duties(agency).iter().any(speaks)
                    || old.mentioned_by(agency).iter().any(speaks)
                    || old.duties_in::<DocId>(agency).iter().any(says)
                    || old.mentioned_in::<DocId>(agency).iter().any(says)
            }),
            products: Interner::new(&old.tables.products, |product| {
                old.covered_by(product).iter().any(speaks)
                    || old.covered_in::<DocId>(product).iter().any(says)
            }),
            regions: Interner::new(&old.tables.regions, |region| {
                old.documents_for(region).iter().any(says)
            }),
            platforms: Interner::new(&old.tables.platforms, |platform| {
                old.used_by(platform).iter().any(speaks)
                    || old.used_in::<DocId>(platform).iter().any(says)
            }),
            tables: Tables {
                documents: records,
                sections,
                measures,
                policies: rows,
                policy_names,
                ..Tables::default()
            },
            carry_over,
            made,
            edges: EdgePairs::default(),
            notes: Vec::new(),
            articles: HashMap::new(),
            extractor: Extractor::new(lexicon),
        }
    }

    /// The taxonomy, whether or not anything covers it.
    fn products(&mut self) {
        for product in self.lexicon.products() {
            self.products.intern(&product.label);
        }
        for product in self.lexicon.products() {
            let narrow = self.products.intern(&product.label);
            for broad in &product.broader {
                let broad = self.products.intern(broad);
                self.edges.vocabulary.broader.push(narrow, broad, Proof::Vocabulary);
            }
        }
    }

    /// The policies whose outline is known, whether or not anyone cites them.
    fn outlines(&mut self) {
        let outlined = self.forms.outlined(self.lexicon);
        let mut outlines: Vec<_> = outlined.zip(self.lexicon.outlines()).collect();
        outlines.sort_by_key(|(policy, _)| *policy);
        for (policy, outline) in outlines {
            let first = self.tables.articles.len();
            self.tables.add_articles(policy, outline);
            for (article, of) in (first..).map(ArticleId::from_index).zip(&outline.articles) {
                if self.made.binary_search(&policy).is_ok() {
                    self.edges.vocabulary.consists.push(policy, article, Proof::Vocabulary);
                }
                for product in &of.products {
                    let product = self.products.intern(product);
                    self.edges.vocabulary.article_covers.push(article, product, Proof::Vocabulary);
                }
            }
            self.articles.insert(policy, (Articles::new(&self.extractor, outline), first));
        }
    }

    /// Every document in order: taken over or read.
    fn documents(&mut self) {
        let kept: Vec<_> = self.carry_over.documents.kept.iter().cloned().collect();
        let mut next = 0;
        for segment in kept {
            self.read(next..segment.new);
            self.keep_targets(&segment.old);
            next = segment.new + segment.old.len();
        }
        self.read(next..self.tables.documents.len());
        self.carry_over.targets.ids =
            self.carry_over.targets.kept.renumbering(self.old.tables.targets.len());

        let documents = &self.carry_over.documents.kept;
        let kept = self.old.notes.iter().filter_map(|note| {
            Some(GraphNote { document: documents.find(note.document)?, ..note.clone() })
        });
        self.notes.extend(kept);
        self.notes.sort_by_key(|note| note.document); // stable
    }

    fn keep_targets(&mut self, documents: &Range<usize>) {
        let old = self.old.tables.targets_of(documents);
        self.carry_over.targets.kept.push(old.clone(), self.tables.targets.len());
        let (documents, measures) = (&self.carry_over.documents.ids, &self.carry_over.measures.ids);
        let moved = self.old.tables.targets[old].iter().map(|row| TargetRow {
            provider: match row.provider {
                ProviderId::Measure(id) => ProviderId::Measure(measures.at(id)),
                ProviderId::Document(id) => ProviderId::Document(documents.at(id)),
            },
            ..*row
        });
        self.tables.targets.extend(moved);
    }

    fn read(&mut self, documents: Range<usize>) {
        for document in documents.map(DocId::from_index) {
            let record = self.tables.documents[document.index()].clone();
            self.document(document, &record);
        }
    }

    fn document(&mut self, document: DocId, record: &Record) {
        let from = |span, rule| Proof::Text(Evidence { document, span, rule });
        for region in &record.region {
            let region = self.regions.intern(region);
            self.edges.document.speaks_for.push(document, region, Proof::Vocabulary);
        }
        for issuer in &record.issuers {
            let agency = self.agencies.intern(&issuer.value);
            self.edges.document.issued_by.push(document, agency, from(issuer.span, issuer.rule));
        }
        for addressee in &record.addressees {
            // 各市市场监督管理局 is a class of bodies: it stays in the record.
            if self.lexicon.agency(&addressee.value).is_some() {
                let agency = self.agencies.intern(&addressee.value);
                let proof = from(addressee.span, addressee.rule);
                self.edges.document.addressed_to.push(document, agency, proof);
            }
        }
        let mut implemented = IndexSet::new();
        for citation in &record.implements {
            let (policy, how, proof) = self.cited(document, citation);
            self.edges.document.implements.push_labelled(document, policy, how, proof);
            if implemented.insert(policy) {
                self.check_dates(document, &record.dates, policy, citation.span);
            }
        }
        for citation in &record.repeals {
            let (policy, how, proof) = self.cited(document, citation);
            self.edges.document.repeals.push_labelled(document, policy, how, proof);
        }
        if let Some(body) = &record.body {
            let mut said = std::mem::take(&mut self.edges.document_provisions);
            self.say(&mut said, document, body);
            self.edges.document_provisions = said;
        }
        self.parts(document, record, &implemented);
    }

    /// Chapters, measures, and what the measures say.
    fn parts(&mut self, document: DocId, record: &Record, implemented: &IndexSet<PolicyId>) {
        let printed = |span| Proof::Text(Evidence { document, span, rule: Rule::Ordinal });
        for (section, heading) in self.tables.sections.of(document).zip(&record.sections) {
            self.edges.parts.document_section.push(document, section, printed(heading.span));
        }
        for (id, measure) in self.tables.measures.of(document).zip(&record.measures) {
            let proof = printed(measure.title.as_ref().map_or(measure.span, |title| title.span));
            self.edges.parts.document_measure.push(document, id, proof);
            if let Some(section) = section_of(&self.tables, document, record, measure) {
                self.edges.parts.section_measure.push(section, id, proof);
            }
            let mut said = std::mem::take(&mut self.edges.measure_provisions);
            self.say(&mut said, id, &measure.provision);
            self.edges.measure_provisions = said;
            self.correspond(id, record, measure, implemented);
        }
    }

    /// A child is not older than its parent.
    fn check_dates(&mut self, document: DocId, dates: &Dates, policy: PolicyId, span: Span) {
        let row = &self.tables.policies[policy.index()];
        let (Some(child), Some(parent)) = (dates.issued(), row.issued()) else { return };
        if child.value.last_day() < parent.first_day() {
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
        let mut outlined = implemented.iter().filter_map(|policy| self.articles.get(policy));
        let Some(first) = outlined.next() else { return };
        let bag = self.extractor.measure(record, measure);
        for (articles, first) in [first].into_iter().chain(outlined) {
            let found = articles.corresponding(&bag);
            for candidate in stated(&found) {
                let article = ArticleId::from_index(first + candidate.article);
                let proof = Proof::Derived { method: Method::Wording, score: candidate.score };
                self.edges.derived.corresponds_to.push(id, article, proof);
            }
        }
    }

    /// The facts of a measure or a body, as edges.
    fn say<P: Provider>(&mut self, said: &mut ProvisionPairs<P>, source: P, provision: &Provision) {
        let provider = source.provider_id();
        let document = self.tables.document_of(provider);
        let from = |span, rule| Proof::Text(Evidence { document, span, rule });
        for duty in &provision.responsible {
            let agency = self.agencies.intern(&duty.agency);
            let proof = from(duty.span, Rule::DutyClause);
            said.responsible.push_labelled(source, agency, duty.role, proof);
        }
        for found in &provision.agencies {
            let agency = self.agencies.intern(&found.value);
            said.mentions.push(source, agency, from(found.span, found.rule));
        }
        for citation in &provision.cites {
            let (policy, how, proof) = self.cited(document, citation);
            said.cites.push_labelled(source, policy, how, proof);
        }
        for found in &provision.products {
            let product = self.products.intern(&found.value);
            said.covers.push(source, product, from(found.span, found.rule));
        }
        for (place, target) in (0..).zip(&provision.targets) {
            let id = TargetId::from_index(self.tables.targets.len());
            self.tables.targets.push(TargetRow { provider, place });
            said.commits_to.push(source, id, from(target.span, Rule::Quantity));
        }
        for found in &provision.platforms {
            let platform = self.platforms.intern(&found.value);
            said.uses.push(source, platform, from(found.span, found.rule));
        }
    }

    /// The policy that a citation means, how its words do, and the words.
    fn cited(&self, document: DocId, citation: &Citation) -> (PolicyId, Resolution, Proof) {
        let policy = self.forms.policy(citation);
        let row = &self.tables.policies[policy.index()];
        let how = resolution(self.tables.record(document), citation, row);
        let Citation { span, rule, .. } = *citation;
        (policy, how, Proof::Text(Evidence { document, span, rule }))
    }

    /// The policies whose text is in the corpus.
    fn texts(&mut self) {
        for &policy in &self.made {
            let number = &self.tables.policies[policy.index()].number;
            for key in self.forms.texts(policy) {
                let by_key = |record: &Arc<Record>| record.key.as_str().cmp(key);
                let place = self.tables.documents.binary_search_by(by_key);
                let document = DocId::from_index(place.expect("a head is that of a document"));
                let printed = &self.tables.record(document).number;
                let same_number = printed.as_ref().map(|found| &*found.value) == number.as_deref();
                let method = match number {
                    Some(_) if same_number => Method::SameNumber,
                    _ => Method::SameTitle,
                };
                let proof = Proof::Derived { method, score: 1.0 };
                self.edges.derived.text_in.push(policy, document, proof);
            }
        }
    }

    /// Where agencies belong. Counterparts and superiors become agencies too.
    fn known_agencies(&mut self) {
        let mut open: Vec<AgencyId> = self.agencies.called().collect();
        while let Some(agency) = open.pop() {
            let (region, superior, national) = match self.agencies.is_old(agency) {
                true => self.agency_before(agency, &mut open),
                false => self.agency_looked_up(agency, &mut open),
            };
            let known = &mut self.edges.vocabulary;
            if let Some(region) = region {
                known.belongs_to.push(agency, region, Proof::Vocabulary);
            }
            if let Some(superior) = superior {
                known.superior.push(agency, superior, Proof::Vocabulary);
            }
            if let Some(national) = national {
                known.national.push(agency, national, Proof::Vocabulary);
            }
        }
    }

    /// What the old graph knows of an agency.
    fn agency_before(&mut self, agency: AgencyId, open: &mut Vec<AgencyId>) -> Standing {
        let region = self.old.belongs_to(agency).first().copied();
        let superior = self.old.superior(agency).first().copied();
        let national = self.old.national_counterpart(agency).first().copied();
        region.into_iter().for_each(|region| _ = self.regions.call(region));
        superior.into_iter().chain(national).for_each(|id| self.agencies.call_open(id, open));
        (region, superior, national)
    }

    /// What the lexicon knows of an agency.
    fn agency_looked_up(&mut self, agency: AgencyId, open: &mut Vec<AgencyId>) -> Standing {
        let Some(facts) = self.lexicon.agency(self.agencies.name(agency)) else {
            return (None, None, None);
        };
        let mut call =
            |name: Option<String>| name.map(|name| self.agencies.intern_open(&name, open));
        let (superior, national) = (call(facts.superior), call(facts.national));
        (Some(self.regions.intern(&facts.region)), superior, national)
    }

    /// Where regions lie, up to 中国.
    fn known_regions(&mut self) {
        let mut open: Vec<RegionId> = self.regions.called().collect();
        while let Some(region) = open.pop() {
            if let Some(above) = self.lexicon.within(self.regions.name(region)) {
                let above = self.regions.intern_open(above, &mut open);
                self.edges.vocabulary.within.push(region, above, Proof::Vocabulary);
            }
        }
    }

    fn freeze(self) -> Graph {
        let Assembly { mut tables, mut carry_over, .. } = self;
        (tables.agencies, carry_over.agencies) = self.agencies.freeze(0);
        (tables.products, carry_over.products) =
            self.products.freeze(self.lexicon.products().len());
        (tables.regions, carry_over.regions) = self.regions.freeze(0);
        (tables.platforms, carry_over.platforms) = self.platforms.freeze(0);
        let old = &self.old.edges;
        let freezer = Freezer {
            tables: &tables,
            carry_over: &carry_over,
            old_proofs: &old.proofs,
            proofs: Vec::with_capacity(old.proofs.len()),
        };
        let edges = self.edges.freeze(old, freezer);
        Graph { tables, edges, links: OnceCell::new(), notes: self.notes.into() }
    }
}

/// An agency's region, superior and national counterpart, as far as known.
type Standing = (Option<RegionId>, Option<AgencyId>, Option<AgencyId>);

/// How the parts of documents have moved.
fn parts_moved<I: Id>(old: &Parts<I>, new: &Parts<I>, documents: &IdMap<DocId>) -> IdMap<I> {
    let mut kept = KeptRanges::default();
    for segment in documents.kept.iter() {
        kept.push(old.of_all(segment.old.clone()), new.of_all(segment.new..segment.new).start);
    }
    let ids = kept.renumbering(old.len());
    IdMap { kept, ids }
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
