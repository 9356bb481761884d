//! Words for facts about the policy.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Words for facts about the policy itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(missing_docs)]
pub struct MetaWords {
    pub updated: Vec<String>,
    pub effective: Vec<String>,
    pub published: Vec<String>,
    /// Endings of company names.
    pub company: Vec<String>,
    /// Words that the names of many companies share, so that they tell none from another.
    pub company_common: Vec<String>,
    /// Labels before the operator's name.
    pub operator_labels: Vec<String>,
    /// Words beside the operator's name.
    pub operator_cues: Vec<String>,
    /// Labels right before the operator's name, as they end.
    pub operator_heads: Vec<String>,
    /// What follows the name that is given a short form.
    pub named_here: Vec<String>,
    /// What stands right before the operator's name in a sentence.
    pub operator_before: Vec<String>,
    /// What stands before the name of another company.
    pub other_company: Vec<String>,
    /// What stands before an app's name in a title.
    #[serde(default)]
    pub title_openers: Vec<String>,
    /// What a policy says first of the app it names.
    pub opening: Vec<String>,
    /// Adverbs between the name and what is said.
    pub opening_adverbs: Vec<String>,
    /// How a sentence calls its subject the operator of an app: what stands before the app's name, and what behind it.
    #[serde(default)]
    pub operator_of: Vec<(String, String)>,
    /// Endings of companies' names that also end the names of what they offer (手机银行).
    #[serde(default)]
    pub company_products: Vec<String>,
    /// Words in the name of an app for a trade or an enterprise, and not for consumers.
    pub trade_apps: Vec<String>,
    /// Nouns an app's name stands right before.
    pub app_nouns: Vec<String>,
    /// Words beside ways to reach the operator.
    pub contact_talk: Vec<String>,
    /// Words before a telephone number.
    pub phone_talk: Vec<String>,
    /// Parts of an address.
    pub address_parts: Vec<String>,
    /// Words beside a count a policy states of itself.
    pub totals: Vec<String>,
    /// Words that begin like them and count nothing.
    #[serde(default)]
    pub not_totals: Vec<String>,
    /// Words between a number and what is counted.
    #[serde(default)]
    pub measures: Vec<String>,
    /// What follows an app's name in a title.
    pub app_suffixes: Vec<String>,
    /// What stands before an app's name in running text.
    pub app_prefixes: Vec<String>,
    /// What follows an app's name in running text.
    pub app_words: Vec<String>,
    /// Words in quotes that are no app's name.
    pub not_names: Vec<String>,
    pub retention: Vec<String>,
    /// Verbs of keeping and of ending it.
    pub keeping: Vec<String>,
    /// Words for until when.
    pub keeping_terms: Vec<String>,
    /// Units of periods.
    pub period_units: Vec<String>,
    pub storage_place: Vec<String>,
    pub export: Vec<String>,
    pub minors: Vec<String>,
    pub sensitive: Vec<String>,
    pub targeting: Vec<String>,
    pub opt_out: Vec<String>,
    /// Negations of a practice (不做, 没有).
    pub not_doing: Vec<String>,
    /// Words for updates of the app itself.
    pub app_update: Vec<String>,
    /// What is done to update it.
    pub app_install: Vec<String>,
    /// Words for the policy and its like.
    pub document_words: Vec<String>,
    /// Words no policy does without: privacy, personal information, terms.
    pub policy_words: Vec<String>,
    /// How users are told what they may do.
    pub user_may: Vec<String>,
    /// What the rights of users are about.
    pub user_data: Vec<String>,
    /// Words by which sensitive information is singled out.
    pub singled_out: Vec<String>,
    /// How a sentence goes from some kinds of sensitive information to all of them.
    pub sensitive_in_general: Vec<String>,
    /// Verbs of answering requests.
    pub answers: Vec<String>,
    /// Units of the time promised, the most telling first.
    pub answer_units: Vec<String>,
    /// Words of those units that count working days alone.
    #[serde(default)]
    pub working_days: Vec<String>,
    /// Words for keeping data somewhere.
    pub stored: Vec<String>,
    /// Names of the months, January first, where dates are written with them.
    #[serde(default)]
    pub months: Vec<String>,
    /// Words before the address of rules or of a site.
    pub link_talk: Vec<String>,
    /// Phrases that tell what an SDK is for; `*` stands for words between them.
    pub sdk_purposes: Vec<String>,
    pub autostart: Vec<String>,
    pub collection_list: Vec<String>,
    pub sharing_list: Vec<String>,
    pub open_ended: Vec<String>,
    /// Words that begin like an open end and are none (等级).
    pub not_open_ended: Vec<String>,
    /// Words that open examples.
    pub open_openers: Vec<String>,
    /// Words for a complete list beside it.
    pub complete_lists: Vec<String>,
    /// Units of counts a policy states of itself.
    pub countables: Vec<String>,
    /// Words for lists that may lie elsewhere.
    pub external_lists: Vec<String>,
    /// Those of them that are titles of lists and of nothing else.
    #[serde(default)]
    pub list_titles: Vec<String>,
    /// Devices and forms of an app beside the phone, which may have a list of their own.
    #[serde(default)]
    pub other_devices: Vec<String>,
    /// What the title of a list of sharing says.
    #[serde(default)]
    pub sharing_words: Vec<String>,
    /// What the title of a list of collected data says.
    #[serde(default)]
    pub collection_words: Vec<String>,
    /// Kinds of contact and their words.
    pub contacts: BTreeMap<String, Vec<String>>,
    /// Kinds of rights and their words.
    pub rights: BTreeMap<String, Vec<String>>,
}
