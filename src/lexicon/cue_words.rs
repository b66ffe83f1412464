use super::Words;
use super::table::table;

/// Defines the groups of `cues.json` and their lists.
macro_rules! cue_words {
    ($($(#[$group_doc:meta])* $group:ident: $type:ident { $($(#[$doc:meta])* $list:ident,)* })*) => {
        table! {
            /// Cue words (线索词): the words by which the reader finds a fact, by what they are
            /// for. The table is `cues.json`.
            CueWords { $($(#[$group_doc])* $group: $type,)* }
        }

        $(table! {
            $(#[$group_doc])*
            $type { $($(#[$doc])* $list: Words,)* }
        })*
    };
}

cue_words! {
    /// Words around the figures of targets.
    targets: TargetCues {
        /// Words before a verb of change by which nobody commits to it: 严禁缩短审批期限至3天.
        unwanted,
        /// Nouns that begin like a verb of change: 扩展现实.
        not_changes,
        /// Words after a verb of change that are not its object: 提高了.
        not_objects,
        /// Verbs that set up a fund, before its sum: 设立50亿元产业基金.
        founders,
        /// Ends of the names of funds: 产业基金.
        funds,
        /// Verbs of what money does for a fund, which its name does not contain: 投向产业基金.
        fund_uses,
        /// Nouns that end the name of what a further sum pays: 安家补助.
        payments,
        /// Words after a comma before a part of a sum: 其中.
        included,
        /// Before the first figure of a change: 由2倍减为1倍.
        change_starts,
        /// Units that make 3年内 a deadline and not a duration.
        period_units,
        /// Verbs before a duration that somebody must have: 具有3年以上经验.
        qualifications,
        /// Nouns that end the name of a sum of money: 总投资50万元.
        totals,
        /// Nouns that end the name of a duration: 有效期5年.
        terms,
        /// Units that count how often something is done: 每季度1次.
        repeated_units,
        /// Units after 每 and a number: 每3年.
        frequency_units,
        /// Units that a Chinese numeral counts; 一体 and 三类 are no figures.
        counted_units,
        /// Words after N年 of the name of a plan: 三年行动.
        plan_names,
        /// Marks and words between the two ends of a range: 10%至20%.
        range_marks,
        /// Words that close a deadline: 2027年底前.
        deadline_ends,
        /// Words between N以上 and M以下 of one range: 5万元以上不足10万元.
        range_middles,
        /// Words before a verb that make a share of all no target: 30%的用地由政府保持储备.
        not_reached,
        /// Words before a verb of reaching, after which nobody commits: 未达到20年.
        negations,
        /// Verbs after 每 before what is paid or counted by: 每满1年.
        bases,
        /// Nouns that end the name of an amount of which a share is taken: 不超过项目投资额30%.
        amounts,
        /// Last characters of the names of what is measured: 利用率.
        measure_ends,
        /// Nouns of a length of life that is measured: 人均预期寿命达到80岁.
        lifetimes,
        /// Verbs after a duration in which something is finished: 一日办结.
        done,
        /// Words after a period in which something is barred: 2年内不得申报.
        bans,
        /// Things before 分别 that are counted, and have no term: 材料、时限分别压缩至5个、2个工作日.
        counted_things,
        /// Words before a period that is counted from an event: 受理之日起3个月内.
        counted_from,
        /// Words before those that something is done for: 面向1万名技术人员.
        recipients,
        /// Verbs after those that something is done for: 面向1万名技术人员开展培训.
        served,
        /// Words before things that are moved: 将100种药品纳入.
        objects,
        /// Verbs after things that are moved: 将100种药品纳入.
        moved,
        /// Words before a time that somebody must have behind them: 毕业5年内.
        careers,
        /// Nouns after such a time: 3年以上工作经验.
        experience,
        /// Words before a figure that must not be reached: 未满18周岁.
        unfilled,
        /// Words that end in 满 without 满N年: 届满30日前.
        unfilled_terms,
        /// Nouns of those that a condition describes: 年收入2000万元以上的企业.
        holders,
        /// Words after 的 that follow upon a condition: 达到500万元的给予奖励.
        consequences,
        /// Words that open a clause before the noun that is measured: 力争覆盖率达到90%.
        aims,
        /// Words that begin like such a word and belong to the noun: 其他企业.
        kept_starts,
        /// Verbs that make the things that are counted and begin no noun: 建成人才平台50个以上.
        makers,
        /// Words between the noun that is measured and the words of the figure: 覆盖率力争达到90%.
        closings,
        /// Words that end like such a word and belong to the noun: 行政许可.
        kept_ends,
        /// Nouns of penalties after a sum or a term: 10万元以下罚款.
        penalties,
        /// Words of a past time, after which a figure is a result: 近年来,建成基地9家. `present_times` and
        /// `plans` are among them.
        past_times,
        /// Those that open a sentence on how things are: 目前,全市有基地9家.
        present_times,
        /// Words after them in a sentence on something else: 当前和今后一个时期.
        not_present,
        /// Words after words of a past time that turn to what is to come: 从今年开始.
        turns,
        /// Words that open a clause of a sentence on the present that asks for something: 当前,抓紧推进.
        commands,
        /// Words before a time that is a base or the object of a sentence: 比“十三五”末增长20%.
        base_starts,
        /// Words after such a time: 去年水平.
        base_ends,
        /// Words after a year in which nothing is over: 2024年起.
        year_ends,
        /// Words for the own region before a verb: 全市已形成集群.
        places,
        /// Words before 已 that opens an attribute of their object: 利用已有场地.
        takers,
        /// Words before a verb that brings about a sum: 全年完成投资30亿元.
        realize_starts,
        /// Those that are five-year plans.
        plans,
        /// Words after a plan for its period: “十三五”期间.
        plan_periods,
        /// Plans that are over; decides only in a document without a year.
        past_plans,
        /// Words of the titles of reports, whose figures are past.
        report_titles,
        /// Words before a figure that always make it a condition: 不足10万元.
        short_of,
    }
    /// Words around the expressions of time of deadlines.
    deadlines: DeadlineCues {
        /// Prepositions and aims before the time in its clause: 力争到2027年.
        openings,
        /// Verbs of a task after a time: 2027年底建成.
        acts,
        /// Bodies that act, after a time: 2027年全市.
        actors,
        /// Verbs of what somebody owes after an event: 验收合格后30日内支付.
        obligations,
        /// Verbs of services, for which a period is a figure: 20个工作日内办结.
        services,
        /// Words after a time that tell who or what is meant: 2000年底前建成的住房.
        states,
        /// Verbs of tasks among these words, which may have an object with a quality.
        reached,
        /// Words of a sentence about who is granted something: 建成运行稳定的项目可申请补助.
        granted,
        /// Words before 的 that describe what is to be reached: 建成国内领先的平台.
        qualities,
        /// Words directly before a date that is no deadline: 自2025年.
        before_dates,
        /// Words directly after a date that is no deadline: 2025年修订.
        after_dates,
        /// Words near a date that is the end of a validity or of a window for applications.
        periods,
        /// Words directly before a period that is no deadline: 近3年内, 毕业5年内.
        before_terms,
        /// Words after a period that is a condition, a grant or a ban: 3年内不得.
        conditions,
        /// Words after a period that open the attribute of those who are to act by then:
        /// 未登记的车辆应当登记.
        unmet,
        /// Words of a ban before a time: 不得在高考前.
        bans,
        /// Aims directly before a period, with a subject before them: 支持企业用3年时间.
        aims,
        /// Words before the period of a phase: 集中整治阶段(3月1日至10月31日).
        phases,
        /// Words that end as a phase and are none: 高中阶段.
        not_phases,
        /// Words after a year of which a title does not plan: 2023年修订.
        past_years,
        /// Words before a limit between two events, or before the last day: 从验收到付款不超过, 不迟于9月30日.
        limits,
        /// Words between an event and the period after it: 之日起.
        event_ends,
        /// Words before an event: 自验收合格之日起.
        event_openings,
        /// Events before 前 by which a task is due: 主汛期前完成.
        events,
        /// Acts by which a document is issued: 印发后3个月内.
        issued,
        /// Words for the document itself: 本方案印发后.
        own,
        /// Words after a time that report a result: 2025年,已.
        reported,
    }
    /// Words around the dates of validity, and of repeal.
    validity: ValidityCues {
        /// Acts from whose day a document is in force: 自印发之日起施行.
        since_issue,
        /// Those of them that count from the day of publication too: 自发布之日起.
        since_publication,
        /// Words before a term of validity: 有效期两年.
        term_nouns,
        /// Words that open a sentence about the term of the document itself: 有效期3年.
        term_openers,
        /// Nouns for the document before its term of validity: 政策有效期.
        documents,
        /// Words of a sentence that asks for comments or submissions, with their dates.
        comments,
        /// Nouns of a sentence that asks for comments in the notice of a draft: 请于5月26日前提出意见.
        comment_objects,
        /// Verbs by which comments are sent, after their last day: 5月26日前反馈.
        comment_sends,
        /// Words after the last day for comments: 5月26日前.
        comment_limits,
        /// Words directly before the last day for comments: 截止日期为6月30日.
        comment_ends,
        /// Words of the hour of a day: 17时, 下班.
        hours,
        /// Words before the first of the two dates of a term of validity.
        term_starts,
        /// Words before the last day of validity.
        term_ends,
        /// All that may be between the two dates of a period.
        range_marks,
        /// Units of days after a number: 30日后.
        days_later,
        /// Words after the date of the meeting that adopted the document.
        adopted,
        /// Words before the date of that meeting: 会议于…通过.
        meetings,
        /// Words after such a date.
        passed,
        /// Words of a sentence about the document itself.
        own,
        /// Verbs that bring a document into force.
        in_force,
        /// Words that put an instrument out of force.
        repeals,
        /// Words directly before such a word: at the same time as the document takes effect.
        at_once,
    }
    /// Words of dates.
    dates: DateCues {
        /// Words that close a date without a day: 6月下旬.
        month_parts,
        /// Words after an act from whose day something counts: 自印发之日起.
        from_day,
        /// Words after the date of an event: 9月1日上午.
        event_times,
        /// Labels near the date of an event: 地点.
        event_labels,
    }
    /// Words around the names of agencies.
    agencies: AgencyCues {
        /// Parts of the country for which offices of national bodies are named.
        areas,
        /// Ends of the names of bodies of which a region has one.
        standing,
        /// Words that end in 全 without meaning all: 健全省药监局机制.
        not_whole,
        /// Words after a name that mean further bodies: 省药监局等部门.
        others,
        /// Words for a region that mean the document's own.
        relative,
        /// Levels of a class of regions that are no such word: 各省、自治区、直辖市.
        other_levels,
        /// Words before a relative word that leave its meaning: 我省.
        own,
        /// Words before the short name of the issuer: 报省局.
        own_openers,
        /// Characters after it that make another word of its end: 市局面.
        not_own_bureaus,
        /// Words between two names of bodies.
        joiners,
        /// Words that begin with the last character of a name, which is then none: 办法.
        run_on,
        /// Words that begin with one of `run_on` and come after a name: 会议事协调.
        not_run_on,
        /// Offices that sign for their body: 辽宁省医疗保障局办公室.
        signing_offices,
        /// Words that make a department of a field word: 药监部门.
        departments,
        /// Nouns that end the name of another body or of a class, which begins with the name of a
        /// body: 国家药监局重点实验室.
        tails,
        /// Nouns that end the name of a unit of a body: 省药监局药品检查中心.
        units,
        /// Words of `units` that follow the name of the body directly: 省药监局信息中心.
        whole_units,
        /// Words of `units` that a place or an ordinal is before: 柯城分局, 第二分局.
        branches,
        /// Nouns in the name of a unit, which are no verbs: 综合行政执法 of 综合行政执法支队.
        unit_nouns,
        /// Ends of the names of bodies whose institutes have names of their own:
        /// 中国科学院南京土壤研究所.
        academies,
        /// Nouns that end the names of those institutes.
        institutes,
        /// Verbs that set up a body, which is none yet.
        set_up,
        /// A body after 驻 only has such a group: 驻省教育厅纪检监察组.
        inspection_groups,
        /// Nouns that end the words for departments of a government: 国务院卫生主管部门.
        government_tails,
        /// Ends of the names of governments.
        governments,
        /// Names of the government of a region, without the region: 人民政府.
        local_governments,
        /// Words before a body that make what its name begins its own: 现有国家药监局重点实验室.
        existing,
        /// Words before a ministry that make it an office of theirs: 公司应急部.
        owners,
    }
    /// Words around the names in responsibility clauses.
    duties: DutyCues {
        /// Verbs of a clause in running text that names who leads.
        leading,
        /// Words without which a bracket rarely holds a responsibility clause.
        speaking,
        /// Words after the last name of a clause that mean further bodies.
        others,
        /// Words before a name in a clause that do not belong to it.
        before_names,
        /// Longer words that contain one of them: 自由.
        not_openers,
        /// Words after 负责 that make a person or an attribute of it: 负责人, 负责的.
        persons,
        /// Longer words that begin like one of them and open a task: 负责人才引进.
        not_persons,
        /// Words after 负责 that make persons, bodies or a system of it if the clause ends after them
        /// or a verb of `staff_acts` follows: 负责部门要. 负责部门预算 is a task.
        staff,
        /// Verbs of what such persons and bodies do: 负责领导担任.
        staff_acts,
        /// Verbs and nouns of a task, after 负责 or after the 的 of its object: 负责资金的管理.
        task_words,
        /// Words before 的 for the reach of a task: 负责全市的物业管理.
        scopes,
        /// Words after 的 for those who hold a task: 负责河道管理的副局长.
        holders,
        /// Words before a body, or before 由 and the body, that does not have the duty, or no longer:
        /// 不再由市水利局负责.
        former,
        /// Longer words that end like one of them: 草原由市林业局负责.
        not_former,
        /// Words after 负责 that give the duty to another body: 由市水利局负责改为由市住建局负责.
        handed_over,
        /// Words before a body that is not the subject of 负责: 对市水利局负责.
        not_subjects,
        /// Words between 负责 and 解释: 由省教育厅负责具体解释.
        manners,
        /// The act of who interprets the document: 解释.
        interpreting,
        /// Words between names and 负责: 分别, 具体.
        shared,
        /// Words for the document in a sentence on who interprets it: 本办法.
        own_texts,
        /// Verbs after the names of supporting bodies in running text.
        supports,
        /// Words between a body that leads and those that support it: 会同.
        with,
    }
    /// Words around the names of instruments.
    citations: CitationCues {
        /// Words before the instruments that a document carries out: 为贯彻落实.
        carrying_out,
        /// Those of them that can also say how somebody works: 委员会按照《…》开展工作.
        following,
        /// Words that open a clause about others: 请按照《…》组织实施.
        followed_by_others,
        /// Verbs of the issuer after an instrument under which it acts: 我局根据《…》制定了.
        own_acts,
        /// Words of the sentence of a first article that names its legal basis.
        founding,
        /// Ends of a number before a title: 国家药监局公告2023年第124号.
        number_ends,
        /// Bodies that number their orders themselves and are no issuers elsewhere: 主席令.
        counting_bodies,
        /// Nouns that close the titles of policies.
        title_nouns,
        /// Words after a title that name a part of the instrument: 蒙药分册.
        volumes,
        /// Words before a name that several instruments share which make it that of another one:
        /// 兽药生产质量管理规范.
        other_domains,
        /// Characters after 法 that make another word of it: 法规.
        not_laws,
        /// Ends of names in 《》 of newspapers, broadcasts and accounts: 《…日报》.
        media,
        /// Words before a name in 《》 of a work that is no instrument: 纪录片《…》.
        works_before,
        /// Nouns after 等 and a number that name works or projects: 《…》等12个项目.
        works_counted,
        /// Words after a name in 《》 of a work that is no instrument: 《…》栏目.
        works_after,
        /// Kinds of papers that issue the text in 《》 before them: 关于发布《…》的公告.
        covers,
        /// Verbs before a list of goods or works that is named without 《》: 纳入…目录.
        list_verbs,
        /// Nouns that end the name of such a list.
        lists,
        /// Words that the name of such a list does not contain.
        not_in_lists,
    }
    /// Words around the numbers of documents.
    numbers: NumberCues {
        /// Words before a document number that do not belong to its code.
        before_codes,
        /// Longer words that contain one of them: 数据 for 据.
        code_words,
        /// Words in brackets that are no office in a code: 办法(试行)教发〔2024〕3号.
        editions,
        /// Marks and words between the numbers of a run: 5号、6号和8号.
        run_marks,
        /// Words after a number that is not of a document: 8号库.
        numbered_things,
        /// Words after a further number of a series, where no mark is: 第219号继续执行.
        continuations,
        /// Kinds of instruments that their agency numbers in a series: 令第739号.
        series,
        /// Ends of the words for an order whose number can be without 第: 市人民政府令19号.
        bare_orders,
        /// Orders by which laws are issued: 主席令第31号.
        laws,
        /// Orders by which administrative regulations are issued: 国务院令第739号.
        regulations,
    }
    /// Words around the titles of documents.
    title: TitleCues {
        /// Words before a title that make it the document's own: 制定发布《…》.
        made,
        /// Words after a title that make it the document's own: 《…》已经会议通过.
        passed,
    }
    /// Words that tell genres apart.
    genre: GenreCues {
        /// Words in the title of a draft for comment.
        draft_titles,
        /// Words in a title about asking for comments: 规范征求意见工作.
        about_comments,
        /// Words of a sentence that asks for comments now: 现向社会公开征求意见.
        asks_now,
        /// Words before 征求 in a sentence on how comments are asked for: 应当征求意见.
        rules_on_comments,
        /// Words of a request to send comments: 请于3月1日前反馈.
        replies,
        /// Words with which a notice announces its text.
        announces,
        /// Ends of titles of instruments that only carry another text.
        covers,
        /// Ends of titles of texts that hold measures.
        measures,
        /// Verbs after 关于 by which a notice issues no instrument: 关于开展…行动的通知.
        acts,
        /// Ends of the titles of what is acted on and not issued: 关于开展…行动的通知.
        acted,
        /// Ends of the titles of opinions, which are issued: 关于做好…意见的通知.
        opinions,
        /// Ends of the titles of replies, which keep their title above an attached text.
        reply_titles,
        /// Ends of the titles of interviews.
        interview_titles,
        /// Words of time in the first sentences of a news item.
        recent,
    }
    /// Words around issuers and addressees.
    signature: SignatureCues {
        /// Verbs after the issuers that a report names.
        reports,
        /// All that may be between two issuers that a news item names.
        joiners,
        /// Words after the issuers that a title names.
        passing_on,
        /// Verbs after the day on which a body puts out a document: 市科技局2026年5月25日发布.
        released,
        /// Addressees of national documents.
        provinces,
        /// Verbs of a report by which the bodies before them issue a document.
        issuing,
        /// Words between a body and such a verb, after which the body does not issue.
        helping,
        /// Words that open the list of addressees.
        addressees,
        /// Last characters of the names of addressees.
        addressee_ends,
        /// Ends of the names of zones, as addressees: 某某经济开发区.
        addressee_zones,
        /// Words by which such a name is a class: 重点景区.
        zone_classes,
        /// Nouns for bodies that are addressees only after a word for a class: 各单位.
        addressee_classes,
        /// Ends of such names that need their region: 定点医院.
        addressee_nouns,
        /// Titles of persons to whom a reply is addressed.
        addressed_persons,
    }
    /// Words around the names of platforms.
    platforms: PlatformCues {
        /// Verbs before a quoted name: 推广“送干下基层”.
        carriers,
        /// Nouns after the quoted name of an application: “鄂汇办”APP.
        applications,
        /// Nouns after a quoted name: “4个1+2”模式.
        models,
        /// Words before the quoted name of a platform in use: 依托“陇药云”.
        hosts,
        /// Words after the quoted name of a platform in use: 与“陇药云”对接.
        followers,
        /// Verbs before the quoted name of a service: 推广“苏质贷”.
        promoters,
        /// Words before such a verb that forbid it: 禁止推出“首付贷”.
        bans,
        /// Words after the quoted name of a code: “浙企码”一码办理.
        code_uses,
        /// Nouns after a quoted name, alone or with words between: “赢在广州”创业项目.
        undertakings,
        /// Nouns that a short quoted name goes on to: “清网”行动.
        operations,
        /// Nouns of what bears quoted words that are no name: “专精特新”企业.
        bearers,
    }
    /// Words of the definitions of short names.
    names: NameCues {
        /// Words before the verb of a definition: (以下统一简称省局).
        lead_ins,
    }
    /// Words at which the parts of a document begin and end.
    outline: OutlineCues {
        /// Words that open a sentence about when the document is in force.
        force_openings,
        /// Words of such a sentence that need no date after 自.
        force_terms,
        /// Words of such a sentence that bring into force.
        force_verbs,
        /// Words of a sentence on who explains the document: 负责解释.
        explained,
        /// Words that open a sentence on all that the document grants: 以上政策与其他政策重复的.
        granted,
        /// Words of such a sentence.
        overlaps,
        /// Words before a date that is a deadline and no date of signature: 截止时间 6月30日.
        deadlines,
        /// Words that open an attachment or a list of them.
        attachments,
        /// Words that end the label before a list of attachments: 附:1.目录.
        attachment_labels,
        /// Words that open an invitation after the last provision.
        invitations,
        /// Words before the title of the text that a notice issues.
        issues,
        /// Words after that title.
        notices,
        /// Labels of the questions of an interview.
        questions,
        /// Labels of its answers.
        answers,
        /// Labels of those who ask in a transcript.
        reporters,
        /// Words after the number of an article in a reference to it: 第三条规定的单位.
        references,
        /// Names of annexes, before their number.
        annexes,
        /// Words after the name of an annex in a sentence about it: 附件1所列岗位.
        annex_references,
        /// Words that open a request to all addressees: 请各单位于6月30日前报送.
        requests,
        /// Words of such a request.
        requested,
        /// Words that open a sentence on what all addressees do: 各市局要高度重视此项工作.
        addressed,
        /// Words of such a sentence.
        expected,
        /// Words that open a sentence on questions and reports: 执行中如有问题,请向省局反映.
        occasions,
        /// Words of such a sentence.
        reported,
        /// Labels of the person to ask, which close a paragraph to all addressees: 联系人:.
        contacts,
        /// Words of the heading of an item to which such paragraphs belong.
        address_headings,
        /// Words of a sentence, which no heading before a blank contains: 申请人应当 提交.
        clauses,
        /// Words after a blank inside a sentence: 用水户 应当缴费.
        predicates,
        /// Nouns that end the announcement of a list that belongs to its provision: 符合下列条件.
        conditions,
        /// Nouns for the ways that a list names: 通过以下方式提出意见:.
        ways,
        /// Words that announce the list of them: 以下方式.
        listed_ways,
        /// Words of a way to answer: 拨打电话.
        contacts_named,
        /// Words for what readers do in these ways.
        answering,
        /// Words between such a noun and the colon: 条件如下.
        list_verbs,
        /// Nouns that end the titles of texts of measures, beside those of `titles.json`.
        measure_titles,
        /// Last characters of the titles of forms and lists, beside the captions of `titles.json`.
        other_titles,
        /// Words in the bracket after the title of a template.
        templates,
        /// Words that end the title of an interpretation: 《…若干措施》政策解读.
        interpretations,
        /// Words that open the title of an interpretation: 一图读懂.
        interpretation_openings,
        /// Headings of the parts of an interpretation.
        interpretation_headings,
        /// Words of the sentence before the parts of an interpretation: 现解读如下.
        interpretation_leads,
    }
    /// Words by which a file with several documents is parted.
    split: SplitCues {
        /// Words of the first line of a notice that announces its text: 现将有关事项公告如下.
        announced,
        /// Words of a notice whose text follows it: 现印发给你们.
        attaching,
        /// Words that open the block above a document on a web page: 索引号.
        blocks,
        /// Ends of the line above a number: 陕西省教育厅文件.
        letterheads,
        /// Words of time that open a news item: 近日.
        moments,
        /// Words of the bracket below a title that prints when a regulation was passed: (…通过).
        promulgated,
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;
    use crate::lexicon::table::Table;

    #[test]
    fn no_list_is_empty() {
        let json = include_str!("../../data/lexicon/cues.json");
        let table: serde_json::Value = serde_json::from_str(json).unwrap();
        let groups = table.as_object().unwrap().values().filter_map(|group| group.as_object());
        let mut lists = std::collections::BTreeSet::new();
        Lexicon::builtin().cues.visit_words("", &mut |list, _| {
            lists.insert(list.to_owned());
        });
        assert_eq!(lists.len(), groups.map(|group| group.len()).sum::<usize>());
    }
}
