//! The package side of schema `audit/1`.

use super::{App, Call, Coverage, Data, Dex, Evidence, Packer, Permission, Sdk, Sign, Signer, Unread, kebab};
use crate::apk::{self, Apk, PermissionSource, Seen};
use crate::audit::Lang;
use crate::catalogue::{Catalogue, Duty, EvidenceGrade, SdkKind};
use crate::policy::Policy;

pub fn app(apk: &Apk) -> App {
    let m = &apk.manifest;
    App {
        file: apk.file.clone(),
        sha256: apk.sha256.clone(),
        size: apk.size,
        package: m.package.clone(),
        label: apk.label_zh.clone().or_else(|| apk.label.clone()),
        version_name: m.version_name.clone(),
        version_code: m.version_code,
        min_sdk: m.min_sdk,
        target_sdk: m.target_sdk,
        splits: apk.splits.clone(),
        signers: apk.signers.iter().map(|s| Signer { subject: s.subject.clone(), sha256: s.sha256.clone() }).collect(),
        frameworks: apk.frameworks.clone(),
        packer: apk.packer.as_ref().map(|p| Packer {
            id: p.id.as_ref().map(ToString::to_string),
            name: p.name.clone(),
            evidence: p.evidence.iter().map(trace).collect(),
        }),
        dex: Dex {
            files: apk.dex.len(),
            bytes: apk.dex.iter().map(|d| d.bytes).sum(),
            classes: apk.dex.iter().map(|d| d.classes).sum(),
        },
    }
}

pub fn trace(t: &apk::Trace) -> Evidence {
    Evidence::Trace {
        split: t.split.clone(),
        entry: t.entry.clone(),
        class: t.class.clone(),
        method: t.method.clone(),
        offset: t.offset,
        value: t.value.clone(),
    }
}

pub fn coverage(apk: &Apk, policy: Option<&Policy>, lang: Lang) -> Coverage {
    let c = &apk.coverage;
    let dex = match (c.classes, c.calls) {
        (Seen::Full, Seen::Full) => Seen::Full,
        (Seen::None, _) => Seen::None,
        _ => Seen::Partial,
    };
    let read = match policy {
        None => Seen::None,
        Some(p) if p.unseen.is_some() => Seen::None,
        Some(p) if p.unread.is_empty() && p.external_lists.iter().all(|l| !l.platform.covers_android()) => Seen::Full,
        Some(_) => Seen::Partial,
    };
    let mut unread: Vec<Unread> = c.unread.iter().map(|u| Unread::new(&u.place, &u.why, lang)).collect();
    for trace in &apk.dynamic {
        let place = trace.class.clone().unwrap_or_else(|| trace.entry.clone());
        unread.push(Unread::new(&place, &format!("may load code from elsewhere: {}", trace.value), lang));
    }
    unread.extend(apk.deviations.iter().map(|d| Unread::new(&apk.file, d, lang)));
    if let Some(policy) = policy {
        unread.extend(policy.unread.iter().map(|u| Unread::new(&u.place, &u.why, lang)));
        unread.extend(
            policy
                .external_lists
                .iter()
                .filter(|l| l.platform.covers_android())
                .map(|l| Unread::new(&l.passage.file, &format!("list not supplied: {}", l.name), lang)),
        );
    }
    Coverage { manifest: kebab(&c.manifest), dex: kebab(&dex), policy: kebab(&read), unread }
}

pub fn permission(apk: &Apk, catalogue: &Catalogue, p: &apk::RequestedPermission) -> Permission {
    let known = catalogue.permission(&p.name);
    let mut code: Vec<Call> =
        apk.permission_uses.iter().filter(|u| u.permission == p.name).map(permission_use).collect();
    for c in apk.calls.iter().filter(|c| c.grade <= EvidenceGrade::Context) {
        let gated = catalogue.data_item(c.item.as_str()).is_some_and(|d| d.permissions.contains(&p.name));
        if gated {
            code.push(call(c));
        }
    }
    code.sort_by(|a, b| (&a.dex, a.offset, &a.api).cmp(&(&b.dex, b.offset, &b.api)));
    code.dedup_by(|a, b| a.dex == b.dex && a.offset == b.offset);
    Permission {
        name: p.name.clone(),
        capability: known.map(|k| k.capability.to_string()),
        protection: known.map(|k| kebab(&k.protection)),
        max_sdk: p.max_sdk,
        source: match &p.source {
            PermissionSource::UsesPermission => "uses-permission",
            PermissionSource::UsesPermissionSdk23 => "uses-permission-sdk-23",
            PermissionSource::Implied { .. } => "implied",
            PermissionSource::Component { .. } => "component",
        }
        .to_owned(),
        by: match &p.source {
            PermissionSource::Implied { by } => Some(by.clone()),
            PermissionSource::Component { class } => Some(class.clone()),
            PermissionSource::UsesPermission | PermissionSource::UsesPermissionSdk23 => None,
        },
        split: p.trace.split.clone(),
        duty: kebab(&known.map_or(Duty::None, |k| k.duty)),
        verdict: None,
        reason: None,
        policy: None,
        code,
    }
}

pub fn permissions(apk: &Apk, catalogue: &Catalogue) -> Vec<Permission> {
    apk.manifest.permissions.iter().map(|p| permission(apk, catalogue, p)).collect()
}

pub fn sdk(apk: &Apk, catalogue: &Catalogue, s: &apk::DetectedSdk) -> Sdk {
    let known = catalogue.sdk(s.id.as_str());
    let mut observed: Vec<String> = apk
        .calls
        .iter()
        .filter(|c| c.sdk.as_ref() == Some(&s.id) && c.grade <= EvidenceGrade::Context)
        .map(|c| c.item.to_string())
        .collect();
    observed.sort();
    observed.dedup();
    let needed = known.is_some_and(|k| k.kind == SdkKind::Sdk && k.needs_disclosure);
    Sdk {
        id: s.id.to_string(),
        name: known
            .map(|k| if k.name_zh.is_empty() { k.name_en.clone() } else { k.name_zh.clone() })
            .unwrap_or_default(),
        vendor: known
            .map(|k| if k.vendor_zh.is_empty() { k.vendor_en.clone() } else { k.vendor_zh.clone() })
            .unwrap_or_default(),
        category: known.map(|k| kebab(&k.category)).unwrap_or_default(),
        version: s.version.as_ref().map(|v| v.text.clone()),
        version_evidence: s.version.as_ref().map(|v| trace(&v.trace)),
        confidence: kebab(&s.confidence),
        bundled_by: s.bundled_by.as_ref().map(ToString::to_string),
        duty: kebab(&if needed { Duty::Required } else { Duty::None }),
        verdict: None,
        reason: None,
        evidence: s
            .evidence
            .iter()
            .map(|e| Sign { channel: kebab(&e.channel), value: e.value.clone(), count: e.count })
            .collect(),
        policy: None,
        observed_data: observed,
        disclosed_data: None,
    }
}

pub fn sdks(apk: &Apk, catalogue: &Catalogue) -> Vec<Sdk> {
    apk.sdks.iter().map(|s| sdk(apk, catalogue, s)).collect()
}

/// The personal information that code reads, weak signs left out.
pub fn data(apk: &Apk, catalogue: &Catalogue) -> Vec<Data> {
    let own = apk.own_packages(catalogue);
    let mut items: Vec<&str> =
        apk.calls.iter().filter(|c| c.grade <= EvidenceGrade::Context && !c.support).map(|c| c.item.as_str()).collect();
    items.sort_unstable();
    items.dedup();
    items
        .into_iter()
        .map(|id| {
            let calls: Vec<&apk::Call> =
                apk.calls.iter().filter(|c| c.item == *id && c.grade <= EvidenceGrade::Context && !c.support).collect();
            Data {
                id: id.to_owned(),
                collectors: collectors(&calls, |class| own.iter().any(|p| apk::within(class, p))),
                verdict: None,
                reason: None,
                policy: None,
                code: calls.into_iter().map(call).collect(),
            }
        })
        .collect()
}

/// The weak signs, those of support code left out.
pub fn signs(apk: &Apk) -> Vec<Call> {
    apk.calls.iter().filter(|c| c.grade > EvidenceGrade::Context && !c.support).map(call).collect()
}

/// Who reads it; `own` tells the app's own classes.
pub fn collectors(calls: &[&apk::Call], own: impl Fn(&str) -> bool) -> Vec<String> {
    let collector = |c: &&apk::Call| match &c.sdk {
        Some(sdk) => format!("sdk:{sdk}"),
        None if own(&c.class) => "app".to_owned(),
        None => "unknown".to_owned(),
    };
    let mut out: Vec<String> = calls.iter().map(collector).collect();
    out.sort();
    out.dedup();
    out
}

pub fn call(c: &apk::Call) -> Call {
    Call {
        caller: format!("{}.{}", c.class, c.method),
        api: c.api.clone(),
        data: Some(c.item.to_string()),
        grade: Some(kebab(&c.grade)),
        dex: dex_name(c.split.as_deref(), &c.dex),
        offset: c.offset,
        sdk: c.sdk.as_ref().map(ToString::to_string),
    }
}

fn permission_use(u: &apk::PermissionUse) -> Call {
    Call {
        caller: format!("{}.{}", u.class, u.method),
        api: u.api.clone(),
        data: None,
        grade: None,
        dex: dex_name(u.split.as_deref(), &u.dex),
        offset: u.offset,
        sdk: u.sdk.as_ref().map(ToString::to_string),
    }
}

fn dex_name(split: Option<&str>, dex: &str) -> String {
    split.map_or_else(|| dex.to_owned(), |s| format!("{s}!{dex}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apk::{RequestedPermission, Trace};

    #[test]
    fn a_permission_tells_its_split_and_what_implies_it() {
        let mut apk = Apk::default();
        apk.manifest.permissions.push(RequestedPermission {
            name: "android.permission.CAMERA".to_owned(),
            max_sdk: None,
            source: PermissionSource::Implied { by: "targetSdkVersion 3".to_owned() },
            trace: Trace { split: Some("split_camera.apk".to_owned()), ..Trace::entry("AndroidManifest.xml", "") },
        });
        let told = &permissions(&apk, Catalogue::builtin())[0];
        assert_eq!(told.split.as_deref(), Some("split_camera.apk"));
        assert_eq!(told.by.as_deref(), Some("targetSdkVersion 3"));
    }
}
