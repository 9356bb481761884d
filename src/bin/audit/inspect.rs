//! Looking things up: `explain`, `catalogue list`, `catalogue check`, `policy --why`.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::Result;
use privacy_audit::audit::{Lang, Named as _, RULES};
use privacy_audit::catalogue::{Catalogue, Duty};
use privacy_audit::policy::{Policy, Subject};
use privacy_audit::report::{self, clean};

use crate::args::{Listing, Options};
use crate::explain;
use crate::output::Status;

fn print(text: &str) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Every place a word stands and why it did or did not count.
pub fn why(policy: &Policy, word: &str, options: &Options) -> Result<()> {
    let lang: Lang = options.lang.into();
    let zh = lang == Lang::Zh;
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
        let counted = match (mention.counted, zh) {
            (true, true) => "计入",
            (true, false) => "counted",
            (false, true) => "不计",
            (false, false) => "not counted",
        };
        let quote = clean(&mention.passage.quote).replace('\n', " ");
        let place = &mention.passage;
        writeln!(
            out,
            "{}:{}:{}  {}  {id}  {counted}{}{}\n    {quote}",
            place.file,
            place.line,
            place.column,
            clean(&mention.word),
            if zh { "：" } else { ": " },
            report::why(mention.why).get(lang)
        )?;
    }
    if found == 0 {
        let none = if zh {
            "政策中没有这个词，目录也没有以此为标识的词"
        } else {
            "the policy has no such word, and no word of the catalogue with this id"
        };
        writeln!(out, "{word}: {none}")?;
    }
    print(&out)
}

/// What an identifier stands for.
pub fn explained(id: &str, catalogue: &Catalogue, options: &Options) -> Result<Status> {
    print(&explain::explain(id, catalogue, options.lang.into())?)?;
    Ok(Status::Clear)
}

/// What the catalogue holds.
pub fn list(kind: Option<Listing>, catalogue: &Catalogue, options: &Options) -> Result<Status> {
    let lang: Lang = options.lang.into();
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
                writeln!(out, "{}\t{}\t{}", p.name, p.capability, p.duty.label().get(lang))?;
            }
        }
        Some(Listing::Capabilities) => {
            for c in catalogue.capabilities() {
                writeln!(out, "{}\t{}\t{}", c.id, c.zh, c.en)?;
            }
        }
        Some(Listing::Data) => {
            for d in catalogue.data_items() {
                writeln!(out, "{}\t{}\t{}\t{}", d.id, d.zh, d.en, d.sensitivity.label().get(lang))?;
            }
        }
        Some(Listing::Sdks) => {
            for s in catalogue.sdks() {
                let duty = if s.needs_disclosure { Duty::Required } else { Duty::None };
                let (kind, duty) = (s.category.label().get(lang), duty.label().get(lang));
                writeln!(out, "{}\t{}\t{}\t{kind}\t{duty}", s.id, s.name_zh, s.name_en)?;
            }
        }
        Some(Listing::Packers) => {
            for p in catalogue.packers() {
                writeln!(out, "{}\t{}\t{}", p.id, p.name_zh, p.name_en)?;
            }
        }
        Some(Listing::Clauses) => {
            for c in catalogue.clauses() {
                let zh = lang == Lang::Zh;
                let (document, gist) = if zh { (&c.document_zh, &c.gist_zh) } else { (&c.document_en, &c.gist_en) };
                writeln!(out, "{}\t{document} {}\t{gist}", c.id, c.number_in(zh))?;
            }
        }
        Some(Listing::ServiceTypes) => {
            for t in catalogue.service_types() {
                writeln!(out, "{}\t{}\t{}\t{}", t.no, t.zh, t.en, t.basic_function)?;
            }
        }
        Some(Listing::Rules) => {
            for r in RULES {
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
