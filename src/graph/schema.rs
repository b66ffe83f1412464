//! The schema of the graph: its kinds of nodes and edges and its relations, each in one place.
//!
//! From these lists come the ids, the refs, the tables, the rows of each relation and their blocks in a
//! saved file, the typed hops of [`Graph`](super::Graph), the methods of refs and the steps of
//! walks. Each list is a macro that hands its entries to another macro.

/// Every kind of node:
///
/// ```text
/// /// Documentation of the kind, of its id and of its ref.
/// Kind "name" "Chinese term": id, ref, how an id of a kept node changes (see `carry_over`),
///     the document that an id belongs to;
/// /// Documentation of the method that lists all ids.
/// table and method: type of the table;
/// ```
///
/// Further tokens of the call come before the entries.
macro_rules! each_node {
    ($each:ident $($context:tt)*) => {
        $each! {
            $($context)*

            /// A document of the corpus (文件).
            Document "document" "文件": DocId, DocumentRef, fixed, |id, _| Some(id);
            /// All documents, by key.
            documents: Box<[Arc<Record>]>;

            /// A chapter of a document (章).
            Section "section" "章": SectionId, SectionRef, fixed,
                |id, tables| Some(tables.sections.document(id));
            /// All chapters, by document and position.
            sections: Parts<SectionId>;

            /// A numbered provision of a document (措施).
            Measure "measure" "措施": MeasureId, MeasureRef, fixed,
                |id, tables| Some(tables.measures.document(id));
            /// All measures, by document and position.
            measures: Parts<MeasureId>;

            /// A public body (机关).
            Agency "agency" "机关": AgencyId, AgencyRef, interned, |_, _| None;
            /// All agencies, by name.
            agencies: NameTable<AgencyId>;

            /// An instrument that is cited or implemented (政策), in the corpus or not.
            Policy "policy" "政策": PolicyId, PolicyRef, fixed, |_, _| None;
            /// All policies: those with an outline, then by title and number.
            policies: Box<[Arc<PolicyRow>]>;

            /// An article of a policy whose outline is known (条).
            Article "article" "条": ArticleId, ArticleRef, fixed, |_, _| None;
            /// All articles, by policy and position.
            articles: Vec<ArticleRow>;

            /// A product category (产品类别).
            Product "product" "产品类别": ProductId, ProductRef, interned, |_, _| None;
            /// All products: the taxonomy, then by label.
            products: NameTable<ProductId>;

            /// An administrative region (行政区划).
            Region "region" "行政区划": RegionId, RegionRef, interned, |_, _| None;
            /// All regions, by name.
            regions: NameTable<RegionId>;

            /// A quantified commitment (量化目标).
            Target "target" "量化目标": TargetId, TargetRef, fixed,
                |id, tables| Some(tables.document_of(row(&tables.targets, id).provider));
            /// All targets, by document: those of its own provision, of its chapters, and of its
            /// measures, in text order.
            targets: Vec<FactRow>;

            /// The deadline of a task (完成时限).
            Deadline "deadline" "完成时限": DeadlineId, DeadlineRef, fixed,
                |id, tables| Some(tables.document_of(row(&tables.deadlines, id).provider));
            /// All deadlines, in the order of targets.
            deadlines: Vec<FactRow>;

            /// A named platform, programme, list or mechanism (平台).
            Platform "platform" "平台": PlatformId, PlatformRef, interned, |_, _| None;
            /// All platforms, by name.
            platforms: NameTable<PlatformId>;
        }
    };
}

/// Every kind of node that is known by an interned name, as `table: Kind, id;`. They are the entries
/// of [`each_node!`] that are `interned`.
macro_rules! each_named_node {
    ($each:ident) => {
        $crate::graph::schema::each_node! { keep_named $each [] }
    };
}

/// Hands the interned entries of [`each_node!`] to a macro: those in brackets, and those that follow.
macro_rules! keep_named {
    ($each:ident [$($kept:tt)*]) => {
        $each! { $($kept)* }
    };
    ($each:ident [$($kept:tt)*]
        $(#[$doc:meta])* $kind:ident $name:literal $term:literal:
            $id:ident, $ref:ident, interned, $document:expr;
        $(#[$all:meta])* $table:ident: $type:ty;
        $($rest:tt)*
    ) => {
        keep_named! { $each [$($kept)* $table: $kind, $id;] $($rest)* }
    };
    ($each:ident [$($kept:tt)*]
        $(#[$doc:meta])* $kind:ident $name:literal $term:literal:
            $id:ident, $ref:ident, fixed, $document:expr;
        $(#[$all:meta])* $table:ident: $type:ty;
        $($rest:tt)*
    ) => {
        keep_named! { $each [$($kept)*] $($rest)* }
    };
}

/// Every kind of edge: its name, its Chinese term, how it reads along the edge and against it.
macro_rules! each_edge {
    ($each:ident) => {
        $each! {
            /// From a document to a section or measure, or from a section to a measure.
            Contains "contains" "包含": "contains" "part of",
            /// From a document to an agency that signed it (发文机关).
            IssuedBy "issued_by" "发文机关": "issued by" "issued",
            /// From a document to an agency to which it is addressed (主送机关).
            AddressedTo "addressed_to" "主送机关": "addressed to" "receives",
            /// From a document to the region of an agency that signed it.
            SpeaksFor "speaks_for" "发文地区": "speaks for" "documents",
            /// From a document to a policy that it carries out (贯彻落实).
            Implements "implements" "贯彻落实": "implements" "implemented by",
            /// From a document to a policy that it repeals (废止).
            Repeals "repeals" "废止": "repeals" "repealed by",
            /// From a provision to a responsible agency, with its role (责任单位).
            Responsible "responsible" "责任单位": "responsible" "duties",
            /// From a provision to an agency that it names without a responsibility.
            Mentions "mentions" "提及": "mentions" "mentioned by",
            /// From a provision to a policy that it cites (引用).
            Cites "cites" "引用": "cites" "cited by",
            /// From a provision or article to a product that it names (涉及产品).
            Covers "covers" "涉及产品": "covers" "covered by",
            /// From a provision to a target that it sets (量化目标).
            CommitsTo "commits_to" "量化目标": "commits to" "committed to in",
            /// From a provision to the deadline of a task that it sets (完成时限).
            Sets "sets" "完成时限": "sets" "set in",
            /// From a deadline to a target that it dates, or to an agency that must keep it (期限约束).
            Binds "binds" "期限约束": "binds" "bound by",
            /// From a provision to a platform that it uses (平台).
            Uses "uses" "使用平台": "uses" "used by",
            /// From a product to its parent product.
            Broader "broader" "上位类": "broader" "narrower",
            /// From an agency to its region.
            BelongsTo "belongs_to" "所属地区": "belongs to" "agencies",
            /// From a region to its parent region.
            Within "within" "上级地区": "within" "divided into",
            /// From an agency to the agency of the same function one level up (上级机关).
            Superior "superior" "上级机关": "superior" "subordinates",
            /// From an agency to the national agency of the same function.
            National "national" "国家级机关": "national counterpart" "local counterparts",
            /// From a policy to one of its articles.
            Consists "consists" "条文": "consists of" "article of",
            /// From a measure to an article with the same content. Derived.
            CorrespondsTo "corresponds_to" "对应条文": "corresponds to" "carried out by",
            /// From a policy to a document of the corpus that is its text. Derived.
            TextIn "text_in" "文本": "text in" "text of",
        }
    };
}

/// The relations between a document and its parts, one group. The format is that of
/// [`each_relation!`]; the methods of `Graph` and refs are written by hand.
macro_rules! each_part_relation {
    ($each:ident) => {
        $each! {
            /// The parts of a document.
            parts: PartRelations, PartPairs {
                document_section: Contains, DocId => SectionId;
                /// Chapters of the document, in order.
                sections_of as sections: by_hand;
                /// The document that contains the chapter.
                document_of as document: by_hand;

                document_measure: Contains, DocId => MeasureId;
                /// Measures of the document, in order.
                measures_of as measures: by_hand;
                /// The document that contains the measure.
                document_of as document: by_hand;

                section_measure: Contains, SectionId => MeasureId;
                /// Measures of the chapter, in order.
                measures_in as measures: by_hand;
                /// The chapter that contains the measure, if any.
                section_of as section: by_hand;
            }
        }
    };
}

/// Every relation except those of parts and of provisions, by group:
///
/// ```text
/// field: edge kind, source => target, label of an edge;
/// /// Documentation of the methods along the edges.
/// [/// Example for the method of the ref.]
/// method of Graph as method of refs and walks: what the ref returns;
/// the same against the edges
/// ```
///
/// A ref returns `hops` (nodes with their edges), `nodes`, `one` (an `Option`), or has a method
/// that is written `by_hand`.
///
/// A relation that is added with a new format of saved files has `since`, and the number of that
/// format, before its first `;`. It is empty when an older file is loaded.
macro_rules! each_relation {
    ($each:ident) => {
        $each! {
            /// The statements of a document's head.
            document: DocumentRelations, DocumentPairs {
                issued_by: IssuedBy, DocId => AgencyId;
                /// Agencies that signed the document (发文机关), in printed order.
                issued_by as issuers: hops;
                /// Documents that the agency signed, by key.
                issued as issued: hops;

                addressed_to: AddressedTo, DocId => AgencyId;
                /// Known agencies to which the document is addressed (主送机关), in printed order.
                addressed_to as addressees: hops;
                /// Documents addressed to the agency, by key.
                receives as receives: hops;

                speaks_for: SpeaksFor, DocId => RegionId;
                /// Regions of the agencies that signed the document, at province level; 中国 for
                /// national agencies.
                [
                    ///
                    /// ```
                    /// let graph = policygraph::builtin();
                    /// let document = graph.document("sx-2025").unwrap();
                    /// assert!(document.regions().map(|region| region.name()).eq(["山西省"]));
                    /// ```
                ]
                speaks_for as regions: nodes;
                /// Documents that speak for the region itself, by key.
                [
                    ///
                    /// ```
                    /// let graph = policygraph::builtin();
                    /// let region = graph.region("山西省").unwrap();
                    /// assert!(region.documents().map(|document| document.key()).eq(["sx-2025"]));
                    /// ```
                ]
                documents_for as documents: nodes;

                implements: Implements, DocId => PolicyId, Resolution;
                /// Policies that the document carries out, in printed order.
                implements as implements: hops;
                /// Documents that carry out the policy, by key.
                [
                    ///
                    /// ```
                    /// let graph = policygraph::builtin();
                    /// let policy = graph.policy("国办发〔2024〕53号").unwrap();
                    /// let keys: Vec<_> = policy.implemented_by().map(|document| document.key()).collect();
                    /// assert!(keys.contains(&"nm-2025-18") && keys.contains(&"sx-2025"));
                    /// assert!(!keys.contains(&"nm-2022-26")); // it is older
                    /// ```
                ]
                implemented_by as implemented_by: hops;

                repeals: Repeals, DocId => PolicyId, Resolution;
                /// Policies that the document repeals (废止), in printed order.
                repeals as repeals: hops;
                /// Documents that repeal the policy, by key. An empty list does not show that
                /// the policy is in force.
                [
                    ///
                    /// ```
                    /// use policygraph::{Corpus, Lexicon, read};
                    ///
                    /// let text = "一、加强监管。\n二、《药品抽检办法》(药监规〔2019〕34号)同时废止。";
                    /// let mut corpus = Corpus::new();
                    /// corpus.insert(read(Lexicon::builtin(), "new", text));
                    /// let graph = corpus.graph(Lexicon::builtin());
                    /// let policy = graph.policy("药监规〔2019〕34号").unwrap();
                    /// assert_eq!(policy.repealed_by().next().unwrap().key(), "new");
                    /// ```
                ]
                repealed_by as repealed_by: hops;
            }

            /// The targets and agencies of deadlines.
            deadline: DeadlineRelations, DeadlinePairs {
                bound_targets: Binds, DeadlineId => TargetId since 3;
                /// Targets that the deadline dates, in printed order.
                bound_targets as targets: nodes;
                /// Deadlines of the target.
                [
                    ///
                    /// ```
                    /// let graph = policygraph::builtin();
                    /// let target = graph.measure("nm-2022-26/4").unwrap().targets().next().unwrap();
                    /// assert_eq!(target.deadlines().next().unwrap().text(), "3年内");
                    /// ```
                ]
                deadlines_of_target as deadlines: nodes;

                bound_agencies: Binds, DeadlineId => AgencyId since 3;
                /// Agencies that must keep the deadline: those responsible in its clause, in printed
                /// order.
                bound_agencies as agencies: nodes;
                /// Deadlines that the agency must keep, ascending.
                deadlines_of as deadlines: nodes;
            }

            /// The facts of the vocabularies.
            vocabulary: VocabularyRelations, VocabularyPairs {
                article_covers: Covers, ArticleId => ProductId;
                /// Products that the article is about.
                article_covers as products: nodes;
                /// Articles about this label itself, by policy and position.
                [
                    ///
                    /// ```
                    /// let graph = policygraph::builtin();
                    /// let mut articles = graph.product("中药").unwrap().covered_by_articles();
                    /// assert_eq!(articles.next().unwrap().heading(), "加大中药研发创新支持力度");
                    /// ```
                ]
                covered_by_articles as covered_by_articles: nodes;

                broader: Broader, ProductId => ProductId;
                /// Parent products.
                broader as broader: nodes;
                /// Child products.
                narrower as narrower: nodes;

                belongs_to: BelongsTo, AgencyId => RegionId;
                /// The region of the agency; none if unknown.
                belongs_to as region: one;
                /// Agencies of the region itself, by name.
                agencies_of as agencies: nodes;

                within: Within, RegionId => RegionId;
                /// The parent region; none for 中国.
                within as within: one;
                /// Child regions that the corpus knows.
                divided_into as divided_into: nodes;

                superior: Superior, AgencyId => AgencyId;
                /// The agency of the same function one level up, if any.
                superior as superior: one;
                /// Agencies of the same function one level down.
                subordinates as subordinates: nodes;

                national: National, AgencyId => AgencyId;
                /// The national agency of the same function, if any.
                national_counterpart as national_counterpart: one;
                /// Agencies that have the agency as their national counterpart.
                [
                    ///
                    /// ```
                    /// let graph = policygraph::builtin();
                    /// let agency = graph.agency("国家药品监督管理局").unwrap();
                    /// let local = graph.agency("山西省药品监督管理局").unwrap();
                    /// assert!(agency.local_counterparts().any(|other| other == local));
                    /// ```
                ]
                local_counterparts as local_counterparts: nodes;

                consists: Consists, PolicyId => ArticleId;
                /// Articles of the policy, in order; none if its outline is unknown.
                articles_of as articles: nodes;
                /// The policy of the article.
                article_of as policy: by_hand;
            }

            /// The relations that no text and no vocabulary states.
            derived: DerivedRelations, DerivedPairs {
                corresponds_to: CorrespondsTo, MeasureId => ArticleId;
                /// Articles with the content of the measure, by policy, best first. Derived: the
                /// [`Proof`](crate::graph::Proof) of an edge has the method and the score.
                corresponds_to as articles: hops;
                /// Measures with the content of the article, by document and position. Derived.
                [
                    ///
                    /// ```
                    /// let graph = policygraph::builtin();
                    /// let policy = graph.policy("国办发〔2024〕53号").unwrap();
                    /// let article = policy.articles().nth(9).unwrap();
                    /// assert_eq!(article.heading(), "优化药品医疗器械注册检验");
                    /// let keys: Vec<_> = article.carried_out_by().map(|by| by.key().to_string()).collect();
                    /// assert!(keys.iter().any(|key| key == "sx-2025/11"));
                    /// ```
                ]
                carried_out_by as carried_out_by: hops;

                text_in: TextIn, PolicyId => DocId;
                /// Documents of the corpus that are the policy's text. Derived.
                text_in as text_in: hops;
                /// The policy that has the document as its text, if the corpus cites it. Derived.
                text_of as policy: one;
            }
        }
    };
}

/// Every relation from a provision, which is a measure, the prose of a chapter, or the text of a
/// document without measures (see [`Provider`](super::Provider)):
///
/// ```text
/// field: edge kind => target, label of an edge;
/// /// Documentation of the methods along the edges.
/// method of Graph as method of refs and walks: what the ref returns;
/// /// Documentation of the methods against the edges, after "Measures" or "Provisions of one kind".
/// [/// Example for the method of the ref that returns measures.]
/// to measures as on refs and walks, to providers of any kind: what the ref returns;
/// ```
macro_rules! each_provision_relation {
    ($each:ident) => {
        $each! {
            responsible: Responsible => AgencyId, Role;
            /// Agencies responsible for the provision (责任单位), in printed order. An agency with
            /// two roles occurs twice. [`Graph::roles`](crate::Graph::roles) has their roles.
            responsible as responsible: by_hand;
            /// for which the agency is responsible, ascending; one occurs twice if the agency has
            /// two roles in it.
            duties as duties, duties_in: by_hand;

            mentions: Mentions => AgencyId;
            /// Agencies that the provision names without a responsibility, in printed order.
            mentions as agencies: hops;
            /// that name the agency without a responsibility, ascending.
            mentioned_by as mentioned_by, mentioned_in: hops;

            cites: Cites => PolicyId, Resolution;
            /// Policies that the provision cites, in printed order.
            cites as cites: hops;
            /// that cite the policy, ascending.
            [
                ///
                /// ```
                /// use policygraph::graph::DocId;
                ///
                /// let graph = policygraph::builtin();
                /// let policy = graph.policy("国办发〔2024〕53号").unwrap();
                /// assert_eq!(policy.cited_by().count(), 0);
                /// let mut news = policy.cited_in::<DocId>().map(|document| document.key());
                /// assert!(news.any(|key| key == "sc-cq-community"));
                /// ```
            ]
            cited_by as cited_by, cited_in: hops;

            covers: Covers => ProductId;
            /// Products that the provision names, each by its own label, in printed order.
            covers as products: hops;
            /// that name this label itself, ascending.
            [
                ///
                /// ```
                /// let graph = policygraph::builtin();
                /// let covering = graph.product("血液制品").unwrap().covered_by();
                /// assert!(covering.map(|measure| measure.key().to_string()).any(|key| key == "sx-2025/20"));
                /// ```
                ///
                /// Measures that name a descendant are in
                /// [`sorted_covered_by_with_narrower`](Self::sorted_covered_by_with_narrower).
            ]
            covered_by as covered_by, covered_in: hops;

            commits_to: CommitsTo => TargetId;
            /// Targets that the provision sets (量化目标), in printed order.
            commits_to as targets: nodes;
            /// that set the target: one or none.
            measure_of as measure, committed_in: by_hand;

            sets: Sets => DeadlineId since 3;
            /// Deadlines of the tasks that the provision sets (完成时限), in printed order.
            sets as deadlines: nodes;
            /// that set the deadline: one or none.
            set_by as measure, set_in: by_hand;

            uses: Uses => PlatformId;
            /// Platforms that the provision uses, in printed order.
            uses as platforms: hops;
            /// that use the platform, ascending.
            used_by as used_by, used_in: hops;
        }
    };
}

pub(crate) use {
    each_edge, each_named_node, each_node, each_part_relation, each_provision_relation,
    each_relation, keep_named,
};
