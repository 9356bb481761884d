//! The sheets of a package alone.

use std::collections::BTreeMap;

use super::{Cell, Layout, Sheet, Tone, w};
use crate::apk::{Apk, Call, Channel, DetectedSdk, PackageKind, PermissionSource, RequestedPermission, Seen, within};
use crate::audit::{Lang, Named as _};
use crate::catalogue::{Catalogue, Duty, EvidenceGrade, SdkId, SdkKind};
use crate::report::notes::told;

pub fn sheets(apk: &Apk, catalogue: &Catalogue, lang: Lang) -> Vec<Sheet> {
    let mut out = vec![app(apk, lang, w::PACKAGE_REPORT), permissions(apk, catalogue, lang)];
    let (utilities, sdks): (Vec<_>, Vec<_>) = apk.sdks.iter().partition(|s| is_utility(catalogue, s));
    let mut sheet =
        Sheet::new(lang, w::SDKS, Layout::Grid, &[w::NAME, w::CATEGORY, w::CONFIDENCE, w::SIGNS], w::NO_SDKS);
    for sdk in sdks {
        let known = catalogue.sdk(sdk.id.as_str());
        sheet.rows.push(vec![
            Cell::new(name(catalogue, sdk, lang)),
            Cell::new(known.map(|k| k.category.label().get(lang)).unwrap_or_default()),
            Cell::new(confidence(sdk, lang)),
            Cell::new(signs(sdk, lang)),
        ]);
    }
    out.push(sheet);
    if !utilities.is_empty() {
        out.push(utility_sheet(catalogue, &utilities, lang));
    }
    out.push(data(apk, catalogue, lang));
    out.push(coverage(apk, lang));
    out
}

/// The app itself.
pub fn app(apk: &Apk, lang: Lang, title: crate::audit::Fixed) -> Sheet {
    let m = &apk.manifest;
    let mut sheet = Sheet::pairs(lang, title);
    let label = match (&apk.label_zh, &apk.label) {
        (Some(zh), Some(default)) if zh != default => format!("{zh}{}", lang.aside(default)),
        (Some(label), _) | (None, Some(label)) => label.clone(),
        (None, None) => String::new(),
    };
    sheet.pair(lang, w::APP, label);
    sheet.pair(lang, w::PACKAGE, &*m.package);
    let code = m.version_code.map(|c| format!(" ({c})")).unwrap_or_default();
    sheet.pair(lang, w::VERSION, format!("{}{code}", m.version_name.as_deref().unwrap_or_default()));
    let level = |l: Option<u32>| l.map_or_else(|| "–".to_owned(), |l| l.to_string());
    sheet.pair(
        lang,
        w::SDK_LEVELS,
        format!("minSdkVersion {}, targetSdkVersion {}", level(m.min_sdk), level(m.target_sdk)),
    );
    let splits = if apk.splits.is_empty() { String::new() } else { format!(" [{}]", apk.splits.join(", ")) };
    sheet.pair(lang, w::FILE, format!("{}{}{splits}", apk.file, lang.aside(format_args!("{} B", apk.size))));
    sheet.pair(lang, w::SHA256, &*apk.sha256);
    for signer in &apk.signers {
        sheet.pair(lang, w::SIGNER, format!("{}  {}", signer.subject, signer.sha256));
    }
    sheet.pair(lang, w::FRAMEWORKS, apk.frameworks.join(", "));
    if let Some(packer) = &apk.packer {
        let evidence: Vec<String> = packer.evidence.iter().take(4).map(super::evidence::trace).collect();
        sheet.pair(lang, w::PACKER, format!("{}\n{}", packer.name, evidence.join("\n")));
    }
    let bytes: u64 = apk.dex.iter().map(|d| d.bytes).sum();
    if !apk.dex.is_empty() {
        sheet.pair(
            lang,
            w::CODE,
            format!("{} dex, {bytes} B, {} {}", apk.dex.len(), apk.classes.len(), w::CLASS_COUNT.get(lang)),
        );
    }
    sheet
}

/// Every permission asked for.
pub fn permissions(apk: &Apk, catalogue: &Catalogue, lang: Lang) -> Sheet {
    let columns = [w::PERMISSION, w::CAPABILITY, w::DUTY, w::USED_BY, w::SOURCE];
    let mut sheet = Sheet::new(lang, w::PERMISSIONS, Layout::Grid, &columns, w::NO_PERMISSIONS);
    let own = apk.own_packages(catalogue);
    for p in &apk.manifest.permissions {
        let known = catalogue.permission(&p.name);
        sheet.rows.push(vec![
            Cell::whole(&*p.name),
            Cell::new(known.map(|k| capability(catalogue, k.capability.as_str(), lang)).unwrap_or_default()),
            Cell::new(known.map(|k| k.duty.label().get(lang)).unwrap_or_default()),
            Cell::new(users(apk, catalogue, &own, &p.name, lang)),
            Cell::new(source(p, lang)),
        ]);
    }
    sheet
}

/// Whose code uses what a permission gates, one a line, or why there is nobody to name.
fn users(apk: &Apk, catalogue: &Catalogue, own: &[String], permission: &str, lang: Lang) -> String {
    let mut users: Vec<&str> = Vec::new();
    for at in apk.permission_uses.iter().filter(|u| u.permission == permission) {
        let user = match &at.sdk {
            _ if at.support => w::SUPPORT_CODE.get(lang),
            Some(sdk) => sdk.as_str(),
            None => owner(own, &at.class, lang),
        };
        if !users.contains(&user) {
            users.push(user);
        }
    }
    if users.is_empty() {
        let whole = apk.coverage.calls == Seen::Full && apk.packer.is_none();
        return match (catalogue.shows_use(permission), whole) {
            (false, _) => "–",
            (true, true) => w::ABSENT.get(lang),
            (true, false) => w::UNKNOWN.get(lang),
        }
        .to_owned();
    }
    users.sort_unstable();
    users.join("\n")
}

/// Whose a class is that belongs to no SDK.
fn owner(own: &[String], class: &str, lang: Lang) -> &'static str {
    if own.iter().any(|p| within(class, p)) { w::FIRST_PARTY.get(lang) } else { w::NOBODY_KNOWN.get(lang) }
}

/// How a permission comes to be asked for.
pub fn source(p: &RequestedPermission, lang: Lang) -> String {
    let mut out = match &p.source {
        PermissionSource::UsesPermission => "uses-permission".to_owned(),
        PermissionSource::UsesPermissionSdk23 => "uses-permission-sdk-23".to_owned(),
        PermissionSource::Implied { by } => format!("{}: {by}", w::IMPLIED.get(lang)),
        PermissionSource::Component { class } => format!("{}: {class}", w::COMPONENT.get(lang)),
    };
    if let Some(max) = p.max_sdk {
        out.push_str(&format!(", maxSdkVersion {max}"));
    }
    out
}

pub fn capability(catalogue: &Catalogue, id: &str, lang: Lang) -> String {
    catalogue
        .capability(id)
        .map_or_else(|| id.to_owned(), |c| if lang == Lang::Zh { c.zh.clone() } else { c.en.clone() })
}

pub fn item(catalogue: &Catalogue, id: &str, lang: Lang) -> String {
    catalogue
        .data_item(id)
        .map_or_else(|| id.to_owned(), |d| if lang == Lang::Zh { d.zh.clone() } else { d.en.clone() })
}

/// The SDK's name with its id, which every other output uses, and its version.
pub fn name(catalogue: &Catalogue, sdk: &DetectedSdk, lang: Lang) -> String {
    let name = sdk_name(catalogue, sdk.id.as_str(), lang);
    let version = sdk.version.as_ref().map(|v| format!(" {}", v.text)).unwrap_or_default();
    format!("{name}\n{}{version}", sdk.id)
}

/// The name of a component.
pub fn sdk_name(catalogue: &Catalogue, id: &str, lang: Lang) -> String {
    let Some(known) = catalogue.sdk(id) else { return id.to_owned() };
    let zh = lang == Lang::Zh && !known.name_zh.is_empty() || known.name_en.is_empty();
    if zh { known.name_zh.clone() } else { known.name_en.clone() }
}

/// How sure the recognition is, and which component brought it along.
fn confidence(sdk: &DetectedSdk, lang: Lang) -> String {
    let by = sdk.bundled_by.as_ref().map(|b| format!("\n{} {b}", w::BROUGHT_BY.get(lang))).unwrap_or_default();
    format!("{}{by}", sdk.confidence.label().get(lang))
}

/// The signs of an SDK, one a line.
pub fn signs(sdk: &DetectedSdk, lang: Lang) -> String {
    let lines: Vec<String> = sdk
        .evidence
        .iter()
        .take(6)
        .map(|e| {
            let count = if e.channel == Channel::Package { format!(" ×{}", e.count) } else { String::new() };
            format!("{} {}{count}", e.channel.label().get(lang), e.value)
        })
        .collect();
    lines.join("\n")
}

pub fn is_utility(catalogue: &Catalogue, sdk: &DetectedSdk) -> bool {
    catalogue.sdk(sdk.id.as_str()).is_some_and(|k| k.kind == SdkKind::Utility || !k.needs_disclosure)
}

/// Utilities, listed apart.
pub fn utility_sheet(catalogue: &Catalogue, sdks: &[&DetectedSdk], lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(lang, w::UTILITIES, Layout::Grid, &[w::LIBRARY, w::SIGNS], w::NONE_FOUND);
    for sdk in sdks {
        let mut signs = signs(sdk, lang);
        signs.truncate(signs.find('\n').unwrap_or(signs.len()));
        sheet.rows.push(vec![
            Cell::toned(name(catalogue, sdk, lang).replace('\n', "  "), Tone::Quiet),
            Cell::toned(signs, Tone::Quiet),
        ]);
    }
    sheet
}

fn data(apk: &Apk, catalogue: &Catalogue, lang: Lang) -> Sheet {
    let columns = [w::WHAT, w::USED_BY, w::GRADE, w::COUNT, w::IN_PACKAGE];
    let mut sheet = Sheet::new(lang, w::DATA, Layout::Grid, &columns, w::NO_DATA);
    let own = apk.own_packages(catalogue);
    let mut groups: BTreeMap<(&str, String), Vec<&Call>> = BTreeMap::new();
    for call in apk.calls.iter().filter(|c| !c.support) {
        let user = match &call.sdk {
            Some(sdk) => sdk_name(catalogue, sdk.as_str(), lang),
            None => owner(&own, &call.class, lang).to_owned(),
        };
        groups.entry((call.item.as_str(), user)).or_default().push(call);
    }
    for ((id, user), mut calls) in groups {
        // Calls that say something hide those that are mere signs; where there are signs only, they are told as such, but for
        // utilities, which ask for screen sizes and versions all the time.
        if calls.iter().any(|c| c.grade <= EvidenceGrade::Context) {
            calls.retain(|c| c.grade <= EvidenceGrade::Context);
        }
        let Some(first) = calls.iter().min_by_key(|c| c.grade) else { continue };
        let utility = |id: &SdkId| catalogue.sdk(id.as_str()).is_some_and(|s| !s.needs_disclosure);
        if first.grade > EvidenceGrade::Context && first.sdk.as_ref().is_some_and(utility) {
            continue;
        }
        let grade = match first.grade {
            EvidenceGrade::Direct => Cell::new(w::GRADE_DIRECT.get(lang)),
            EvidenceGrade::Context => Cell::toned(w::GRADE_CONTEXT.get(lang), Tone::Quiet),
            _ => Cell::toned(w::GRADE_WEAK.get(lang), Tone::Quiet),
        };
        sheet.rows.push(vec![
            Cell::new(item(catalogue, id, lang)),
            Cell::new(user),
            grade,
            Cell::new(calls.len().to_string()),
            Cell::new(format!("{}  {}.{}  +0x{:x}\n{}", first.dex, first.class, first.method, first.offset, first.api)),
        ]);
    }
    sheet
}

/// What was seen of a package.
pub fn coverage(apk: &Apk, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(lang, w::COVERAGE, Layout::Grid, &[w::PART, w::SEEN], w::NONE_FOUND);
    if apk.kind == PackageKind::SourceManifest {
        sheet.rows.push(vec![Cell::new("AndroidManifest.xml"), Cell::toned(w::SOURCE_MANIFEST.get(lang), Tone::Warn)]);
    }
    let c = &apk.coverage;
    for (part, seen) in [(w::MANIFEST, c.manifest), (w::CLASSES, c.classes), (w::CALLS, c.calls)] {
        sheet.rows.push(vec![Cell::new(part.get(lang)), seen_cell(seen, lang)]);
    }
    for unread in &c.unread {
        sheet.rows.push(vec![Cell::new(&*unread.place), Cell::toned(told(&unread.why, lang), Tone::Warn)]);
    }
    for dynamic in apk.dynamic.iter().take(5) {
        sheet
            .rows
            .push(vec![Cell::new(super::evidence::trace(dynamic)), Cell::toned(w::LOADS_CODE.get(lang), Tone::Warn)]);
    }
    for deviation in &apk.deviations {
        sheet.rows.push(vec![Cell::new(w::CONTAINER.get(lang)), Cell::toned(told(deviation, lang), Tone::Warn)]);
    }
    sheet
}

pub fn seen_cell(seen: Seen, lang: Lang) -> Cell {
    Cell::toned(seen.label().get(lang), if seen == Seen::Full { Tone::Good } else { Tone::Warn })
}

/// The identifier that serde gives a plain enum value.
pub fn kebab<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Whether a duty asks for anything.
pub fn asked(duty: Duty) -> bool {
    matches!(duty, Duty::Required | Duty::Expected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apk::{PermissionUse, Trace};

    #[test]
    fn permissions_name_whose_code_uses_them() {
        let catalogue = Catalogue::builtin();
        let mut apk = Apk::default();
        apk.manifest.package = "com.example.app".into();
        for name in ["CAMERA", "READ_SMS", "INTERNET", "DUMP"] {
            let name = format!("android.permission.{name}");
            let trace = Trace::entry("AndroidManifest.xml", name.clone());
            apk.manifest.permissions.push(RequestedPermission {
                name,
                max_sdk: None,
                source: PermissionSource::UsesPermission,
                trace,
            });
        }
        let at = |class: &str, sdk: Option<&str>, support| PermissionUse {
            permission: "android.permission.CAMERA".into(),
            api: "Landroid/hardware/Camera;->open".into(),
            class: class.into(),
            method: "run".into(),
            split: None,
            dex: "classes.dex".into(),
            offset: 1,
            sdk: sdk.map(SdkId::from),
            support,
        };
        apk.permission_uses =
            vec![at("com.example.app.A", None, false), at("a.b.C", Some("zxing"), false), at("androidx.A", None, true)];
        let users = |apk: &Apk| -> Vec<String> {
            permissions(apk, catalogue, Lang::En).rows.iter().map(|row| row[3].text.replace('\n', ", ")).collect()
        };
        let camera = "platform support code, the app itself, zxing";
        apk.coverage.calls = Seen::Full;
        assert_eq!(users(&apk)[..2], [camera, "not seen"]);
        assert_eq!(users(&apk)[3], "–", "no interface is known");
        apk.coverage.calls = Seen::Partial;
        assert_eq!(users(&apk)[..2], [camera, "undetermined"]);
    }
}
