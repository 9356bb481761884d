//! Looking things up: `explain`, `catalogue list`, `catalogue check`, `policy --why`.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Result, bail};
use privacy_audit::audit::{Lang, RULES, rule};
use privacy_audit::catalogue::{Catalogue, ClauseStatus};
use privacy_audit::policy::{Policy, Subject};
use privacy_audit::report::clean;

use crate::args::{Listing, Options};
use crate::output::Status;

fn print(text: &str) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Every place a word stands and why it did or did not count.
pub fn why(policy: &Policy, word: &str, _options: &Options) -> Result<()> {
    let wanted = word.to_lowercase();
    let mut out = String::new();
    let mut found = 0;
    for mention in &policy.mentions {
        let id = match &mention.subject {
            Subject::Capability(id) => id.as_str(),
            Subject::Data(id) => id.as_str(),
        };
        let hit = id == wanted
            || mention.word.to_lowercase().contains(&wanted)
            || mention.passage.quote.to_lowercase().contains(&wanted);
        if !hit {
            continue;
        }
        found += 1;
        let counted = if mention.counted { "counted" } else { "not counted" };
        let quote = clean(&mention.passage.quote).replace('\n', " ");
        let place = &mention.passage;
        writeln!(
            out,
            "{}:{}:{}  {}  {id}  {counted}: {}\n    {quote}",
            place.file,
            place.line,
            place.column,
            clean(&mention.word),
            mention.why
        )?;
    }
    if found == 0 {
        writeln!(out, "{word}: the policy has no such word, and no word of the catalogue with this id")?;
    }
    print(&out)
}

/// What an identifier stands for.
pub fn explain(id: &str, catalogue: &Catalogue, options: &Options) -> Result<Status> {
    let lang: Lang = options.lang.into();
    let zh = lang == Lang::Zh;
    let mut out = String::new();
    if let Some(rule) = rule(id) {
        writeln!(out, "{} {}  {}  [{}]\n", rule.number, rule.id, rule.name.get(lang), rule.severity.label().get(lang))?;
        writeln!(out, "{}\n\n{}\n", rule.help.get(lang), rule.recheck.get(lang))?;
        for clause in rule.clauses.iter().filter_map(|c| catalogue.clause(c)) {
            let (document, gist) =
                if zh { (&clause.document_zh, &clause.gist_zh) } else { (&clause.document_en, &clause.gist_en) };
            let mark = match (clause.status, clause.verified) {
                (ClauseStatus::Draft, _) if zh => "（征求意见稿，仅供前瞻）",
                (ClauseStatus::Draft, _) => " (draft, outlook only)",
                (_, false) if zh => "（条号待核）",
                (_, false) => " (number to be checked)",
                _ => "",
            };
            writeln!(out, "{:<24}{document} {}{mark}  {gist}", clause.id, clause.number)?;
        }
        for bulletin in catalogue.bulletins_of(rule.id) {
            writeln!(out, "{:<24}{}", format!("{:?}", bulletin.issuer).to_uppercase(), bulletin.wording)?;
        }
    }
    let full = format!("android.permission.{}", id.to_uppercase());
    if let Some(p) = catalogue.permission(id).or_else(|| catalogue.permission(&full)) {
        writeln!(
            out,
            "{}\n  capability {}, {:?}, granted {:?}, duty {:?}",
            p.name, p.capability, p.protection, p.grant, p.duty
        )?;
        for line in p.label_zh.iter().chain(&p.gloss_zh) {
            writeln!(out, "  {line}")?;
        }
        words(&mut out, &p.aliases)?;
    }
    if let Some(c) = catalogue.capability(id) {
        writeln!(out, "{}  {} / {}", c.id, c.zh, c.en)?;
        words(&mut out, &c.aliases)?;
        for p in catalogue.permissions_of(id).take(30) {
            writeln!(out, "  {}", p.name)?;
        }
    }
    if let Some(d) = catalogue.data_item(id) {
        writeln!(out, "{}  {} / {}  ({:?})", d.id, d.zh, d.en, d.sensitivity)?;
        words(&mut out, &d.aliases)?;
        for api in d.apis.iter().chain(&d.fields).chain(&d.uris) {
            writeln!(out, "  {api}")?;
        }
        for api in &d.apis_with_arg {
            writeln!(out, "  {} ({})", api.api, api.arg)?;
        }
    }
    if let Some(s) = catalogue.sdk(id) {
        writeln!(out, "{}  {} / {}\n  {} / {}", s.id, s.name_zh, s.name_en, s.vendor_zh, s.vendor_en)?;
        writeln!(out, "  {:?}, needs disclosure: {}", s.category, s.needs_disclosure)?;
        words(&mut out, &s.aliases)?;
        for sign in s
            .signatures
            .packages
            .iter()
            .chain(&s.signatures.components)
            .chain(&s.signatures.native_libs)
            .chain(&s.signatures.meta_data)
        {
            writeln!(out, "  {sign}")?;
        }
        let names: Vec<&str> = s
            .claimed_data
            .iter()
            .map(|id| catalogue.data_item(id.as_str()).map_or(id.as_str(), |d| if zh { &*d.zh } else { &*d.en }))
            .collect();
        if !names.is_empty() {
            let head =
                if zh { "其公开规则所述个人信息：" } else { "personal information its publisher states: " };
            writeln!(out, "  {head}{}", names.join(if zh { "、" } else { ", " }))?;
        }
    }
    if let Some(c) = catalogue.clause(id) {
        let (document, gist) = if zh { (&c.document_zh, &c.gist_zh) } else { (&c.document_en, &c.gist_en) };
        writeln!(out, "{}  {document} {}\n  {gist}\n  {:?}, verified: {}", c.id, c.number, c.status, c.verified)?;
        let rules: Vec<String> = RULES
            .iter()
            .filter(|r| r.clauses.contains(&c.id.as_str()))
            .map(|r| format!("{} {}", r.number, r.id))
            .collect();
        if !rules.is_empty() {
            writeln!(out, "  {}", rules.join(", "))?;
        }
    }
    if out.is_empty() {
        bail!(
            "{id}: no rule, permission, capability, kind of information, SDK or clause has this identifier; see `audit catalogue list`"
        );
    }
    print(&out)?;
    Ok(Status::Clear)
}

fn words(out: &mut String, aliases: &[String]) -> std::fmt::Result {
    if aliases.is_empty() { Ok(()) } else { writeln!(out, "  {}", aliases.join("、")) }
}

/// What the catalogue holds.
pub fn list(kind: Option<Listing>, catalogue: &Catalogue, options: &Options) -> Result<Status> {
    let mut out = String::new();
    match kind {
        None => {
            writeln!(out, "catalogue {}", catalogue.version())?;
            let counts = [
                ("permissions", catalogue.permissions().len()),
                ("capabilities", catalogue.capabilities().len()),
                ("data", catalogue.data_items().len()),
                ("sdks", catalogue.sdks().len()),
                ("packers", catalogue.packers().len()),
                ("clauses", catalogue.clauses().len()),
                ("service-types", catalogue.service_types().len()),
                ("rules", RULES.len()),
            ];
            for (name, count) in counts {
                writeln!(out, "{name:<16}{count:>6}")?;
            }
        }
        Some(Listing::Permissions) => {
            for p in catalogue.permissions() {
                writeln!(out, "{}\t{}\t{:?}", p.name, p.capability, p.duty)?;
            }
        }
        Some(Listing::Capabilities) => {
            for c in catalogue.capabilities() {
                writeln!(out, "{}\t{}\t{}", c.id, c.zh, c.en)?;
            }
        }
        Some(Listing::Data) => {
            for d in catalogue.data_items() {
                writeln!(out, "{}\t{}\t{}\t{:?}", d.id, d.zh, d.en, d.sensitivity)?;
            }
        }
        Some(Listing::Sdks) => {
            for s in catalogue.sdks() {
                writeln!(out, "{}\t{}\t{}\t{:?}\t{}", s.id, s.name_zh, s.name_en, s.category, s.needs_disclosure)?;
            }
        }
        Some(Listing::Packers) => {
            for p in catalogue.packers() {
                writeln!(out, "{}\t{}\t{}", p.id, p.name_zh, p.name_en)?;
            }
        }
        Some(Listing::Clauses) => {
            for c in catalogue.clauses() {
                writeln!(out, "{}\t{} {}\t{}", c.id, c.document_zh, c.number, c.gist_zh)?;
            }
        }
        Some(Listing::ServiceTypes) => {
            for t in catalogue.service_types() {
                writeln!(out, "{}\t{}\t{}\t{}", t.no, t.zh, t.en, t.basic_function)?;
            }
        }
        Some(Listing::Rules) => {
            for r in RULES {
                let lang = options.lang.into();
                writeln!(out, "{}\t{}\t{}\t{}", r.number, r.id, r.severity.label().get(lang), r.name.get(lang))?;
            }
        }
    }
    print(&out)?;
    Ok(Status::Clear)
}

/// Checks a user's catalogue file: every error on its own line.
pub fn check(file: &Path) -> Result<Status> {
    match Catalogue::check_file(file) {
        Ok(merged) => {
            let mut out = String::new();
            for entry in merged {
                let verb = if entry.extends { "extends" } else { "adds" };
                writeln!(out, "{verb} {} {}", entry.section, entry.id)?;
            }
            print(&out)?;
            Ok(Status::Clear)
        }
        Err(errors) => {
            for error in errors {
                eprintln!("audit: {}", clean(&error.to_string()));
            }
            Ok(Status::Trouble)
        }
    }
}
