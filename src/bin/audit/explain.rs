//! `audit explain ID`: what an identifier stands for, why it matters and what to do, from the values that judge.

use std::fmt::{Result as Written, Write as _};

use anyhow::{Result, bail};
use privacy_audit::audit::{Lang, Named as _, RULES, Rule, rule};
use privacy_audit::catalogue::{
    Capability, Catalogue, Clause, ClauseStatus, DataItem, DataItemId, Duty, Packer, Permission, Sdk, ServiceType,
};

/// Permissions of a capability that are listed.
const MEMBERS: usize = 30;

/// Explains whatever the identifier stands for: every kind that has it, one after the other. The whole name of something
/// (相机) does as well.
pub fn explain(id: &str, catalogue: &Catalogue, lang: Lang) -> Result<String> {
    let mut page = Page { out: String::new(), catalogue, lang };
    page.whatever(id)?;
    if !page.out.is_empty() {
        return Ok(page.out);
    }
    let (named, near): (Vec<_>, Vec<_>) = near(id, catalogue).into_iter().partition(|n| n.nearness == Nearness::Name);
    for name in &named {
        page.whatever(&name.id)?;
    }
    if page.out.is_empty() {
        let near: Vec<String> = near.into_iter().map(|n| n.id).take(NEAR).collect();
        let near = if near.is_empty() { String::new() } else { format!("; near it: {}", near.join(", ")) };
        bail!(
            "{id}: no rule, permission, capability, kind of information, SDK, clause, packer or service type has this \
             identifier; see `audit catalogue list`{near}"
        );
    }
    Ok(page.out)
}

/// Identifiers suggested for one that is none.
const NEAR: usize = 8;

/// How a word stands to what an identifier names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// It is the whole name.
    Name,
    /// The identifier begins with it.
    Beginning,
    /// It stands somewhere in the identifier or the names.
    Part,
}

struct Near {
    nearness: Nearness,
    id: String,
}

/// The identifiers that hold a word, or whose names do, nearest first.
fn near(word: &str, catalogue: &Catalogue) -> Vec<Near> {
    let word = word.to_lowercase();
    let mut found: Vec<Near> = Vec::new();
    let mut look = |id: &str, names: &[&str]| {
        let names: Vec<String> = std::iter::once(&id).chain(names).map(|n| n.to_lowercase()).collect();
        let nearness = if names.contains(&word) {
            Nearness::Name
        } else if id.starts_with(&word) {
            Nearness::Beginning
        } else if names.iter().any(|n| n.contains(&word)) {
            Nearness::Part
        } else {
            return;
        };
        found.push(Near { nearness, id: id.to_owned() });
    };
    RULES.iter().for_each(|r| look(r.id, &[r.name.zh, r.name.en]));
    catalogue.capabilities().iter().for_each(|c| look(c.id.as_str(), &[&*c.zh, &*c.en]));
    catalogue.data_items().iter().for_each(|d| look(d.id.as_str(), &[&*d.zh, &*d.en]));
    catalogue.sdks().iter().for_each(|s| look(s.id.as_str(), &[&*s.name_zh, &*s.name_en]));
    found.sort_by_key(|n| n.nearness);
    found
}

/// What has been written so far, and for whom.
struct Page<'a> {
    out: String,
    catalogue: &'a Catalogue,
    lang: Lang,
}

impl Page<'_> {
    /// Everything that has this identifier.
    fn whatever(&mut self, id: &str) -> Written {
        let catalogue = self.catalogue;
        if let Some(rule) = rule(id) {
            self.rule(rule)?;
        }
        let full = format!("android.permission.{}", id.to_uppercase());
        if let Some(permission) = catalogue.permission(id).or_else(|| catalogue.permission(&full)) {
            self.permission(permission)?;
        }
        if let Some(capability) = catalogue.capability(id) {
            self.capability(capability)?;
        }
        if let Some(item) = catalogue.data_item(id) {
            self.data_item(item)?;
        }
        if let Some(sdk) = catalogue.sdk(id) {
            self.sdk(sdk)?;
        }
        if let Some(clause) = catalogue.clause(id) {
            self.clause(clause)?;
        }
        if let Some(packer) = catalogue.packers().iter().find(|p| p.id == *id) {
            self.packer(packer)?;
        }
        match catalogue.service_type(id).filter(|_| self.out.is_empty()) {
            Some(kind) => self.service_type(kind),
            None => Ok(()),
        }
    }

    fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// `  label: value`, unless there is no value.
    fn line(&mut self, zh: &str, en: &str, value: &str) -> Written {
        if value.is_empty() {
            return Ok(());
        }
        let colon = self.pick("：", ": ");
        let label = self.pick(zh, en);
        writeln!(self.out, "  {label}{colon}{value}")
    }

    fn joined<'t>(&self, parts: impl IntoIterator<Item = &'t str>) -> String {
        parts.into_iter().collect::<Vec<_>>().join(self.pick("、", ", "))
    }

    fn names(&mut self, zh: &str, en: &str, words: &[String]) -> Written {
        let words = self.joined(words.iter().map(String::as_str));
        self.line(zh, en, &words)
    }

    fn items(&mut self, zh: &str, en: &str, items: &[DataItemId]) -> Written {
        let catalogue = self.catalogue;
        let name = |id: &DataItemId| {
            let known = catalogue.data_item(id.as_str());
            known.map_or_else(|| id.to_string(), |d| format!("{} ({id})", self.pick(&d.zh, &d.en)))
        };
        let names: Vec<String> = items.iter().map(name).collect();
        self.names(zh, en, &names)
    }

    fn rules(&mut self, rules: &[&Rule]) -> Written {
        let names: Vec<String> =
            rules.iter().map(|r| format!("{} {} {}", r.number, r.id, r.name.get(self.lang))).collect();
        self.names("相关规则", "rules", &names)
    }

    fn numbered(&mut self, numbers: &[&str]) -> Written {
        let rules: Vec<&Rule> = numbers.iter().filter_map(|n| rule(n)).collect();
        self.rules(&rules)
    }

    fn rule(&mut self, rule: &Rule) -> Written {
        let lang = self.lang;
        let (severity, name) = (rule.severity.label().get(lang), rule.name.get(lang));
        writeln!(self.out, "{} {}  {name}  [{severity}]\n", rule.number, rule.id)?;
        writeln!(self.out, "{}\n\n{}\n", rule.help.get(lang), rule.recheck.get(lang))?;
        for clause in rule.clauses.iter().filter_map(|c| self.catalogue.clause(c)) {
            let document = self.pick(&clause.document_zh, &clause.document_en);
            let gist = self.pick(&clause.gist_zh, &clause.gist_en);
            let mark = match (clause.status, clause.verified) {
                (ClauseStatus::Draft, _) => lang.aside(clause.status.label().get(lang)),
                (_, false) => self.pick("（条号待核）", " (number to be checked)").to_owned(),
                _ => String::new(),
            };
            writeln!(self.out, "{:<24}{document} {}{mark}  {gist}", clause.id, clause.number_in(lang == Lang::Zh))?;
        }
        for bulletin in self.catalogue.bulletins_of(rule.id) {
            let issuer = bulletin.issuer.label().get(lang);
            let head = self.pick("通报用语", "bulletin wording");
            writeln!(self.out, "{head}{}{}{}", lang.aside(issuer), lang.colon(), bulletin.wording)?;
        }
        Ok(())
    }

    fn permission(&mut self, p: &Permission) -> Written {
        let lang = self.lang;
        let label = p.label_zh.as_deref().unwrap_or_default();
        writeln!(self.out, "{}  {label}", p.name)?;
        let known = self.catalogue.capability(p.capability.as_str());
        let capability = known.map_or_else(|| p.capability.to_string(), |c| self.pick(&c.zh, &c.en).to_owned());
        self.line("能力", "capability", &format!("{capability} ({})", p.capability))?;
        self.line("保护级别", "protection level", p.protection.label().get(lang))?;
        self.line("如何取得", "granted", p.grant.label().get(lang))?;
        self.line("披露要求", "duty", p.duty.label().get(lang))?;
        self.line("说明", "meaning (Chinese)", p.gloss_zh.as_deref().unwrap_or_default())?;
        self.items("可取得的个人信息", "personal information it opens", &p.data_items)?;
        if let Some(until) = p.effective_until {
            self.line("声明生效到系统 API", "has an effect up to API", &until.to_string())?;
        }
        self.names("政策中的说法", "what policies call it", &p.aliases)?;
        match p.duty {
            Duty::Ineffective => self.numbered(&["E1"]),
            Duty::None | Duty::Optional => Ok(()),
            Duty::Required | Duty::Expected if p.special_access => self.numbered(&["F03", "F11", "F13"]),
            Duty::Required | Duty::Expected => self.numbered(&["F02", "F11", "F12", "F13"]),
        }
    }

    fn capability(&mut self, c: &Capability) -> Written {
        writeln!(self.out, "{}  {} / {}", c.id, c.zh, c.en)?;
        self.names("政策中的说法", "what policies call it", &c.aliases)?;
        let members: Vec<String> =
            self.catalogue.permissions_of(c.id.as_str()).take(MEMBERS).map(|p| p.name.clone()).collect();
        self.names("权限", "permissions", &members)
    }

    fn data_item(&mut self, d: &DataItem) -> Written {
        let lang = self.lang;
        writeln!(self.out, "{}  {} / {}", d.id, d.zh, d.en)?;
        self.line("敏感程度", "sensitivity", d.sensitivity.label().get(lang))?;
        let standard = d.sensitive_under.map(|s| s.label().get(lang)).unwrap_or_default();
        self.line("列入敏感个人信息的标准", "counted as sensitive by", standard)?;
        self.names("政策中的说法", "what policies call it", &d.aliases)?;
        self.items("上位词", "umbrella words above it", &d.parents)?;
        self.names("所需权限", "permissions, any of", &d.permissions)?;
        let mut calls: Vec<String> = d.apis.iter().chain(&d.fields).chain(&d.uris).cloned().collect();
        calls.extend(d.apis_with_arg.iter().map(|api| format!("{} ({})", api.api, api.arg)));
        if !calls.is_empty() {
            let head = self.pick("包内证据：", "evidence in a package:");
            writeln!(self.out, "  {head}")?;
            calls.iter().try_for_each(|call| writeln!(self.out, "    {call}"))?;
            self.numbered(&["F06", "F07", "F08", "F10"])?;
        }
        if d.sensitive_under.is_some() { self.numbered(&["F20"]) } else { Ok(()) }
    }

    fn sdk(&mut self, s: &Sdk) -> Written {
        let lang = self.lang;
        writeln!(self.out, "{}  {} / {}", s.id, s.name_zh, s.name_en)?;
        let vendors: Vec<&str> = [&s.vendor_zh, &s.vendor_en].into_iter().map(String::as_str).collect();
        let vendors: Vec<&str> = vendors.into_iter().filter(|v| !v.is_empty()).collect();
        self.line("提供者", "provider", &vendors.join(" / "))?;
        self.line("类型", "kind", s.category.label().get(lang))?;
        let duty = if s.needs_disclosure { Duty::Required } else { Duty::None };
        self.line("披露要求", "duty", duty.label().get(lang))?;
        self.names("政策中的说法", "what policies call it", &s.aliases)?;
        let signs = &s.signatures;
        let all = [&signs.packages, &signs.components, &signs.native_libs, &signs.meta_data];
        let signs: Vec<&String> = all.into_iter().flatten().collect();
        if !signs.is_empty() {
            let head = self.pick("包内特征：", "signs in a package:");
            writeln!(self.out, "  {head}")?;
            signs.iter().try_for_each(|sign| writeln!(self.out, "    {sign}"))?;
        }
        self.items("其公开规则所述个人信息", "personal information its publisher states", &s.claimed_data)?;
        if s.needs_disclosure { self.numbered(&["F04", "F05", "F06", "F14"]) } else { Ok(()) }
    }

    fn clause(&mut self, c: &Clause) -> Written {
        let lang = self.lang;
        writeln!(
            self.out,
            "{}  {} {}",
            c.id,
            self.pick(&c.document_zh, &c.document_en),
            c.number_in(self.lang == Lang::Zh)
        )?;
        writeln!(self.out, "  {}", self.pick(&c.gist_zh, &c.gist_en))?;
        self.line("效力", "status", c.status.label().get(lang))?;
        let checked = if c.verified {
            self.pick("已核对", "checked against a stored text")
        } else {
            self.pick("条号与释义待核", "number and gist still to be checked")
        };
        self.line("核对", "checked", checked)?;
        let citing: Vec<&Rule> = RULES.iter().copied().filter(|r| r.clauses.contains(&c.id.as_str())).collect();
        self.rules(&citing)
    }

    fn packer(&mut self, p: &Packer) -> Written {
        writeln!(self.out, "{}  {} / {}", p.id, p.name_zh, p.name_en)
    }

    fn service_type(&mut self, t: &ServiceType) -> Written {
        writeln!(self.out, "{} {} / {}\n  {}", t.no, t.zh, t.en, t.basic_function)?;
        self.names("必要个人信息", "necessary personal information (Chinese)", &t.necessary)?;
        let catalogue = self.catalogue;
        let unusual: Vec<String> = t
            .unusual
            .iter()
            .map(|id| {
                catalogue.capability(id.as_str()).map_or_else(|| id.to_string(), |c| self.pick(&c.zh, &c.en).into())
            })
            .collect();
        self.names("不常见的能力（工作判断）", "unusual capabilities (a working judgement)", &unusual)?;
        self.numbered(&["F11"])
    }
}
