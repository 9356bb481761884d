//! SDK names as policies write them, to what the catalogue knows.
//!
//! Exact spellings first; a vague name of a family is settled by the words beside it; then what stands outside brackets, then inside;
//! then every product named inside a longer name; then the family, the company, and last the names that say only what kind of
//! component is meant.

use std::collections::{HashMap, HashSet};
use std::ops::{Deref, Range};
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use super::model::NameMatch;
use super::normal::{Normal, fold};
use super::word_list::WordList;
use crate::catalogue::{Catalogue, FamilyId, Language, Locale, SdkCategory, SdkId};

/// How a name was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resolution {
    /// The catalogue ids, best first; empty when unknown.
    pub ids: Vec<SdkId>,
    /// By what way.
    pub matched: NameMatch,
}

struct FamilyHints {
    id: FamilyId,
    default: Vec<SdkId>,
    /// Whether it has one product alone, or one that goes by the name of the family.
    one: bool,
    hints: Vec<(String, OnceLock<Option<Regex>>, Vec<SdkId>)>,
}

/// The names of the catalogue, folded.
pub(crate) struct Names {
    exact: HashMap<String, Vec<SdkId>>,
    vague: HashMap<String, usize>,
    companies: HashMap<String, usize>,
    generic: HashMap<String, Vec<SdkId>>,
    families: Vec<FamilyHints>,
    longest: usize,
    not_names: Vec<String>,
    functions: Vec<String>,
    /// How a name says whose a thing is (旗下的).
    owned: Vec<String>,
    /// Words for the channels of device makers (厂商通道).
    channels: Vec<String>,
    packages: Vec<(String, SdkId)>,
    /// Spellings of products and vendors as they stand in running text.
    brands: WordList<()>,
    /// Keys of what users meet under its own name: to log in, to share, to pay.
    everyday: HashSet<String>,
}

/// The names of a catalogue, folded when somebody first asks for one.
pub(crate) struct SharedNames<'a> {
    catalogue: &'a Catalogue,
    names: OnceLock<Names>,
}

impl<'a> SharedNames<'a> {
    /// Not yet folded.
    pub(crate) fn new(catalogue: &'a Catalogue) -> Self {
        Self { catalogue, names: OnceLock::new() }
    }

    /// Folds them now.
    pub(crate) fn fold(&self) -> &Names {
        self.names.get_or_init(|| Names::new(self.catalogue))
    }
}

impl Deref for SharedNames<'_> {
    type Target = Names;

    fn deref(&self) -> &Names {
        self.fold()
    }
}

/// The folded core of a name: no SDK, 第三方, 客户端, punctuation or space.
pub(crate) fn key(name: &str) -> String {
    core(fold(name))
}

/// The core of a folded name.
fn core(mut folded: String) -> String {
    if let Some(at) = folded.bytes().position(|b| b == b'h').and_then(|_| folded.find("http")) {
        folded.truncate(at);
    }
    // Taking one word out may bring the halves of another together.
    loop {
        let found: Vec<_> = core_words().longest(&folded, 0..folded.len()).map(|(range, _)| range).collect();
        if found.is_empty() {
            break;
        }
        for range in found.into_iter().rev() {
            folded.replace_range(range, "");
        }
    }
    folded.retain(|c| c.is_alphanumeric() || c == '+');
    folded
}

/// Words that do not belong to the core of a name.
fn core_words() -> &'static WordList<()> {
    static WORDS: OnceLock<WordList<()>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let names = &Language::of(Locale::Zh).names;
        WordList::new(names.sdk.iter().chain(&names.filler).map(|w| (fold(w), None)))
    })
}

impl Names {
    pub(crate) fn new(catalogue: &Catalogue) -> Self {
        let folded = |pick: fn(&Language) -> &Vec<String>| -> Vec<String> {
            pick(Language::of(Locale::Zh)).iter().map(|w| fold(w)).collect()
        };
        let ends = folded(|l| &l.meta.company);
        let is_brand = |w: &str| meaningful(w) && !ends.iter().any(|end| w.ends_with(end.as_str()));
        let mut exact: HashMap<String, Vec<SdkId>> = HashMap::new();
        let mut everyday: HashSet<String> = HashSet::new();
        let mut brands = Vec::new();
        let mut packages = Vec::new();
        for sdk in catalogue.sdks() {
            let met = matches!(sdk.category, SdkCategory::SocialShareLogin | SdkCategory::Payment);
            let mut known = |key: String| {
                if key.chars().nth(1).is_some() {
                    let ids = exact.entry(key).or_default();
                    if !ids.contains(&sdk.id) {
                        ids.push(sdk.id.clone());
                    }
                }
            };
            for name in [&sdk.name_zh, &sdk.name_en].into_iter().chain(&sdk.aliases) {
                let folded = fold(name);
                let key = core(folded.clone());
                if is_brand(&folded) {
                    brands.push((folded, Some(())));
                }
                if met {
                    everyday.insert(key.clone());
                }
                known(key);
            }
            // The English name of several words also without its bracket: Google Mobile Ads (AdMob).
            let (short, bracket) = brackets(&sdk.name_en);
            if !bracket.is_empty() && short.trim().contains(' ') {
                known(key(&short));
            }
            packages.extend(sdk.signatures.packages.iter().map(|p| (p.clone(), sdk.id.clone())));
        }
        let vendors = catalogue.families().iter().flat_map(|f| &f.vague_names).map(|w| fold(w));
        brands.extend(vendors.filter(|w| is_brand(w)).map(|w| (w, Some(()))));
        let mut vague = HashMap::new();
        let mut companies = HashMap::new();
        let mut families = Vec::new();
        for (index, family) in catalogue.families().iter().enumerate() {
            for name in &family.vague_names {
                vague.insert(key(name), index);
            }
            for name in &family.companies {
                companies.insert(key(name), index);
            }
            families.push(FamilyHints {
                id: family.id.clone(),
                default: family.default.clone(),
                one: family.could_cover.len() == 1
                    || family.default.iter().any(|id| id.to_string() == family.id.to_string()),
                hints: family
                    .purpose_hints
                    .iter()
                    .map(|h| (h.pattern.clone(), OnceLock::new(), h.ids.clone()))
                    .collect(),
            });
        }
        let generic: HashMap<_, _> =
            catalogue.generic_names().iter().map(|g| (key(&g.name), g.could_cover.clone())).collect();
        let longest = exact.keys().chain(vague.keys()).map(String::len).max().unwrap_or(0);
        Self {
            exact,
            vague,
            companies,
            generic,
            families,
            longest,
            not_names: folded(|l| &l.names.generic),
            functions: folded(|l| &l.names.functions),
            owned: folded(|l| &l.names.company_joins).into_iter().filter(|w| !w.is_empty()).collect(),
            channels: folded(|l| &l.names.maker_class),
            packages,
            brands: WordList::new(brands),
            everyday,
        }
    }

    fn hinted(&self, family: usize, context: &str) -> Option<Vec<SdkId>> {
        let context = fold(context);
        self.families[family].hints.iter().find_map(|(pattern, regex, ids)| {
            let regex = regex
                .get_or_init(|| RegexBuilder::new(pattern).case_insensitive(true).size_limit(1 << 20).build().ok());
            regex.as_ref().is_some_and(|r| r.is_match(&context)).then(|| ids.clone())
        })
    }

    fn family(&self, family: usize, context: &str) -> Resolution {
        let id = self.families[family].id.clone();
        match self.hinted(family, context) {
            Some(ids) => Resolution { ids, matched: NameMatch::Settled(id) },
            None => Resolution { ids: self.families[family].default.clone(), matched: NameMatch::Family(id) },
        }
    }

    fn lookup(&self, key: &str, context: &str) -> Option<Resolution> {
        if let Some(&family) = self.vague.get(key) {
            return Some(self.family(family, context));
        }
        self.exact.get(key).map(|ids| Resolution { ids: ids.clone(), matched: NameMatch::Product })
    }

    /// Understands `name`; `context` is the row or sentence, whose words settle a vague name.
    pub(crate) fn resolve(&self, name: &str, context: &str) -> Resolution {
        let unknown = Resolution { ids: Vec::new(), matched: NameMatch::Unknown };
        let full = key(name);
        if full.is_empty() {
            return unknown;
        }
        if let Some(found) = self.lookup(&full, context) {
            return found;
        }
        let (unbracketed, inside) = brackets(name);
        let outside = key(&unbracketed);
        if outside != full
            && !outside.is_empty()
            && let Some(mut found) = self.lookup(&outside, context)
        {
            // 友盟推送SDK（魅族厂商通道） discloses the channel too.
            let (inner, gaps) = key_with_gaps(&inside);
            for (range, family) in self.inside(&inner, &gaps) {
                let _ = range;
                if let Some(ids) = family.and_then(|f| self.hinted(f, name)) {
                    found.ids.extend(ids.into_iter().filter(|id| !found.ids.contains(id)).collect::<Vec<_>>());
                }
            }
            return found;
        }
        let inner = key(&inside);
        if !inner.is_empty()
            && !self.companies.contains_key(&inner)
            && let Some(found) = self.lookup(&inner, context)
        {
            return found;
        }
        let (core, gaps) = key_with_gaps(if outside.is_empty() { name } else { &unbracketed });
        let core = &core;
        let mut ids: Vec<SdkId> = Vec::new();
        let mut families = Vec::new();
        for (range, family) in self.inside(core, &gaps) {
            match family {
                Some(family) => families.push((family, range)),
                None => ids.extend(
                    self.exact[&core[range]].iter().filter(|id| !ids.contains(id)).cloned().collect::<Vec<_>>(),
                ),
            }
        }
        if !ids.is_empty() {
            return Resolution { ids, matched: NameMatch::Product };
        }
        if let Some((family, _)) = families.first() {
            // The rest of the name tells the product better than the row does.
            if let Some(ids) = self.hinted(*family, core) {
                return Resolution { ids, matched: NameMatch::Settled(self.families[*family].id.clone()) };
            }
            // A vendor with words of its own behind it is one product, and not just any.
            let rest = families.first().map(|(_, range)| format!("{}{}", &core[..range.start], &core[range.end..]));
            let says_more =
                rest.is_some_and(|rest| !self.made_of(&rest, &[&self.not_names, &self.owned, &self.channels]));
            if says_more && !self.families[*family].one {
                let id = self.families[*family].id.clone();
                return Resolution { ids: Vec::new(), matched: NameMatch::Family(id) };
            }
            return self.family(*family, context);
        }
        if let Some(&family) = self.companies.get(&full).or_else(|| self.companies.get(core)) {
            return self.family(family, context);
        }
        match self.generic.get(&full) {
            Some(ids) => Resolution { ids: ids.clone(), matched: NameMatch::Class },
            None => unknown,
        }
    }

    /// What a component is that says only what it does, by its company: the words of its name must settle it, or the company has
    /// one product alone.
    pub(crate) fn of_company(&self, company: &str, name: &str) -> Option<Resolution> {
        let key = key(company);
        let family = *self.companies.get(&key)?;
        let id = self.families[family].id.clone();
        if let Some(ids) = self.hinted(family, name) {
            return Some(Resolution { ids, matched: NameMatch::Settled(id) });
        }
        (self.families[family].default.len() == 1 && self.is_generic(name))
            .then(|| Resolution { ids: self.families[family].default.clone(), matched: NameMatch::Family(id) })
    }

    /// Which of the components a class may mean is the one whose brand the company's name holds (同盾科技有限公司).
    pub(crate) fn of_brand(&self, company: &str, class: &[SdkId]) -> Option<Resolution> {
        let key = key(company);
        let ids: Vec<SdkId> = self
            .inside(&key, &[])
            .into_iter()
            .filter_map(|(range, family)| if family.is_none() { self.exact.get(&key[range]) } else { None })
            .flatten()
            .filter(|id| class.contains(id))
            .cloned()
            .collect();
        (!ids.is_empty()).then_some(Resolution { ids, matched: NameMatch::Product })
    }

    /// Known names inside a key, leftmost longest, none overlapping; `Some(family)` for a vague one.
    fn inside(&self, key: &str, gaps: &[usize]) -> Vec<(std::ops::Range<usize>, Option<usize>)> {
        let mut found = Vec::new();
        let bounds: Vec<usize> = key.char_indices().map(|(i, _)| i).chain([key.len()]).collect();
        let mut at = 0;
        while at + 1 < bounds.len() {
            let start = bounds[at];
            let hit = (at + 1..bounds.len()).rev().filter(|&e| bounds[e] - start <= self.longest).find_map(|e| {
                let part = &key[start..bounds[e]];
                let number =
                    part.len() >= 3 && part.bytes().all(|b| b.is_ascii_digit()) && self.vague.contains_key(part);
                // Words set apart by space are the component only where they are most of the name or its head.
                let apart = cuts_latin(key, &[], start, bounds[e]);
                let minor = apart && start > 0 && part.len() * 2 <= key.len();
                if !(meaningful(part) || number) || minor || cuts_latin(key, gaps, start, bounds[e]) {
                    return None;
                }
                match (self.vague.get(part), self.exact.contains_key(part)) {
                    (Some(&family), _) => Some((e, Some(family))),
                    (None, true) => Some((e, None)),
                    _ => None,
                }
            });
            match hit {
                Some((end, family)) => {
                    found.push((start..bounds[end], family));
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    /// Where known products and vendors stand in a folded text, none overlapping.
    pub(crate) fn brands_in(&self, text: &Normal, within: Range<usize>) -> Vec<Range<usize>> {
        self.brands
            .longest(text.text(), within)
            .map(|(range, _)| range)
            .filter(|range| text.whole_word(range) && !self.is_generic(&text.text()[range.clone()]))
            .collect()
    }

    /// The brand inside a company's name, as short as it is known (高德, not 高德软件).
    pub(crate) fn short_brand(&self, text: &Normal, company: Range<usize>) -> Option<Range<usize>> {
        let brand = self.brands_in(text, company).into_iter().next()?;
        let written = &text.text()[brand.clone()];
        let ends = written.char_indices().skip(2).map(|(at, _)| at);
        let short = ends.take(4).find(|&end| self.is_known(&written[..end]));
        Some(brand.start..brand.start + short.unwrap_or(written.len()))
    }

    /// Whether users meet the brand under its own name, so that using it need not mean that it is built in.
    pub(crate) fn is_everyday(&self, name: &str) -> bool {
        self.everyday.contains(&key(name))
    }

    /// Whether a name is that of a vendor of several products.
    pub(crate) fn is_vague(&self, name: &str) -> bool {
        self.vague.contains_key(&key(name))
    }

    /// Whether a name is made of words for functions alone (设备指纹SDK) and not of mere pointers (第三方SDK).
    pub(crate) fn says_function(&self, name: &str) -> bool {
        let key = key(name);
        self.functions.iter().any(|w| w.chars().count() >= 2 && key.contains(w.as_str()))
    }

    /// Whether a name says nothing but what kind of thing it is (第三方SDK, 推送SDK).
    pub(crate) fn is_generic(&self, name: &str) -> bool {
        let key = key(name);
        if key.is_empty() || key.bytes().all(|b| b.is_ascii_digit()) && !self.vague.contains_key(&key) {
            return true;
        }
        if self.vague.contains_key(&key) {
            return false;
        }
        if self.generic.contains_key(&key) {
            return true;
        }
        if self.exact.contains_key(&key) && !self.functions.contains(&key) {
            return false;
        }
        self.made_of(&key, &[&self.not_names, &self.functions])
    }

    /// Whether `key` can be cut into words of these lists alone.
    fn made_of(&self, key: &str, lists: &[&[String]]) -> bool {
        let mut reachable = vec![false; key.len() + 1];
        reachable[0] = true;
        for at in 0..key.len() {
            if !reachable[at] || !key.is_char_boundary(at) {
                continue;
            }
            for word in lists.iter().copied().flatten() {
                if key[at..].starts_with(word.as_str()) {
                    reachable[at + word.len()] = true;
                }
            }
        }
        reachable[key.len()]
    }

    /// Whether the catalogue knows the name or a part of it as a product or a vendor.
    pub(crate) fn is_known(&self, name: &str) -> bool {
        let (outside, _) = brackets(name);
        let key = key(&outside);
        self.vague.contains_key(&key) || self.exact.contains_key(&key)
    }

    /// Whether the whole name is that of a product.
    pub(crate) fn is_product(&self, name: &str) -> bool {
        let key = key(name);
        meaningful(&key) && self.exact.contains_key(&key) && !self.vague.contains_key(&key)
    }

    /// Whether a known product or vendor stands inside the name.
    pub(crate) fn holds_known(&self, name: &str) -> bool {
        let (key, gaps) = key_with_gaps(name);
        !self.inside(&key, &gaps).is_empty()
    }

    /// The SDK a Java package belongs to.
    pub(crate) fn of_package(&self, package: &str) -> Option<&SdkId> {
        self.packages
            .iter()
            .filter(|(p, _)| package == p || package.strip_prefix(p.as_str()).is_some_and(|rest| rest.starts_with('.')))
            .max_by_key(|(p, _)| p.len())
            .map(|(_, id)| id)
    }
}

fn meaningful(part: &str) -> bool {
    let chars = part.chars().count();
    if part.is_ascii() { chars >= 3 && !part.bytes().all(|b| b.is_ascii_digit()) || part == "qq" } else { chars >= 2 }
}

fn cuts_latin(key: &str, gaps: &[usize], start: usize, end: usize) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let cut = |at: usize| {
        latin(key[..at].chars().next_back()) && latin(key[at..].chars().next()) && gaps.binary_search(&at).is_err()
    };
    cut(start) || cut(end)
}

/// The key of a name, and where in it words begin that white space sets apart.
fn key_with_gaps(name: &str) -> (String, Vec<usize>) {
    let whole = key(name);
    let (mut joined, mut gaps) = (String::with_capacity(whole.len()), Vec::new());
    for part in name.split_whitespace() {
        gaps.push(joined.len());
        joined.push_str(&key(part));
    }
    // A word for SDK in several words is dropped from the whole only.
    if joined == whole { (whole, gaps) } else { (whole, Vec::new()) }
}

/// What stands outside and inside brackets.
pub(crate) fn brackets(name: &str) -> (String, String) {
    let (mut outside, mut inside) = (String::new(), String::new());
    let mut depth = 0_usize;
    for c in name.chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth > 0 => inside.push(c),
            _ => outside.push(c),
        }
    }
    (outside, inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(name: &str, context: &str) -> Vec<String> {
        static NAMES: OnceLock<Names> = OnceLock::new();
        NAMES
            .get_or_init(|| Names::new(Catalogue::builtin()))
            .resolve(name, context)
            .ids
            .iter()
            .map(|i| i.to_string())
            .collect()
    }

    #[test]
    fn spelling_case_and_filler_do_not_matter() {
        assert_eq!(ids("OPPO 推送 SDK", ""), ["oppo-push"]);
        assert_eq!(ids("bugly sdk", ""), ["bugly"]);
    }

    #[test]
    fn words_beside_it_settle_a_family() {
        assert_eq!(ids("小米SDK", "获取常用设备信息，用于向用户推送消息"), ["xiaomi-push"]);
        assert_eq!(ids("友盟", "用于统计"), ["umeng-analytics"]);
    }

    #[test]
    fn a_vendor_with_words_of_its_own_is_not_any_product_of_it() {
        assert_eq!(ids("阿里云SDK", "").first().map(String::as_str), Some("aliyun-push"));
        assert!(ids("阿里云青岚识别", "").is_empty());
        let names = Names::new(Catalogue::builtin());
        assert!(names.of_company("北京火山引擎科技有限公司", "青岚SDK").is_none());
    }

    #[test]
    fn generic_phrases_are_no_names() {
        let names = Names::new(Catalogue::builtin());
        for phrase in ["第三方SDK", "合作伙伴的SDK", "推送SDK", "上述手机厂商Push SDK", "软件开发包（SDK）"]
        {
            assert!(names.is_generic(phrase), "{phrase}");
        }
        for name in ["瑞为SDK", "友盟SDK", "乐播SDK", "TVbus SDK", "小米Push SDK"] {
            assert!(!names.is_generic(name), "{name}");
        }
    }
}
