use super::Words;
use super::table::table;

table! {
    /// Names of programmes, and words in and around the names of platforms: `platforms.json`.
    Platforms {
        /// Programmes that are names in quotation marks.
        names: Words,
        /// Programmes that are names without quotation marks.
        plain: Words,
        /// Quoted phrases of manner, which name nothing.
        slogans: Words,
        /// Nouns that end a name.
        heads: Words,
        /// Nouns that end a quoted name.
        quoted_heads: Words,
        /// Words that end the quoted name of a service after a verb that promotes it: “苏质贷”.
        service_ends: Words,
        /// Nouns that end a quoted phrase that is no platform or programme.
        quoted_others: Words,
        /// Words between a quoted name and a head: “…”数字化平台.
        adjectives: Words,
        /// Words that take a name after them: 依托…平台.
        openers: Words,
        /// Words that a verb may follow before the name begins: 积极推广…平台.
        adverbs: Words,
        /// Verbs that a name can contain as nouns. One with four characters of a name after it
        /// opens the name: 建设…平台.
        verbs: Words,
        /// Verbs that open a clause and that a name can contain as nouns: 发展…平台.
        leading: Words,
        /// Longer words in which an opener opens nothing: 自由 for 由.
        kept: Words,
        /// Words between two names, or inside one.
        joiners: Words,
        /// Longer words that contain a joiner.
        kept_joiners: Words,
        /// Nouns that end a name or the word for a thing. A joiner after one divides.
        things: Words,
        /// Heads of programmes, of which a joiner is a part.
        wholes: Words,
        /// Heads that end a name only after one of `carriers`, or with a place before them.
        programmes: Words,
        /// Words that take a programme after them: 实施…工程.
        carriers: Words,
        /// Words before 计划 of a plan that is a paper, and before 工程 of a construction work.
        plan_documents: Words,
        /// Words before 系统 of a system of records; others are machines, or a sector.
        systems: Words,
        /// Heads of what is a system of records only after one of them.
        system_heads: Words,
        /// Words before 平台, beside `systems`, of a platform of records; others are classes.
        records: Words,
        /// Heads of what is one platform only in use, or after one of `systems` or `records`.
        record_heads: Words,
        /// Ends of phrases that name nothing in particular.
        generic: Words,
        /// Ends of phrases that name a platform only with a place, or after one of `users`.
        services: Words,
        /// Words that take a platform in use after them.
        users: Words,
        /// Words before 的 that make the platform after it a particular one: 全国统一的.
        definite: Words,
        /// Words before a name that make a class of it: 一批.
        indefinite: Words,
        /// Words that a name can begin with as with a region: 国家.
        places: Words,
        /// Ends of phrases, beside `services`, that name a platform only so, however long they are.
        public_services: Words,
        /// Words of a clause that leaves it to others to build: 鼓励.
        encouraged: Words,
        /// Verbs of what such a clause leaves to others: 搭建.
        builders: Words,
        /// Words before the name of a programme that are no part of it: 新一轮.
        scopes: Words,
        /// Words after a head that make another thing of it: 试点地区.
        followers: Words,
        /// Words after the head of a programme that make another thing of it: 工程师.
        programme_followers: Words,
        /// Heads after which a joiner goes on to a further name: …试点和…试点.
        joined_heads: Words,
        /// Measure words after a head and a figure: 平台10家 counts a class.
        counters: Words,
        /// Numerals with a measure word inside a phrase, which count what follows: 开发区两个平台.
        numerals: Words,
        /// Measure words of quoted words that count and name nothing: “三项机制”.
        quoted_counters: Words,
        /// Characters after the last one of a county that make a class of it: 县域, 县级.
        region_classes: Words,
    }
}
