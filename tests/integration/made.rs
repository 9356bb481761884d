//! Hand-made packages and policies, for tests that judge the judgement and not the readers.

use privacy_audit::apk::{
    Apk, Call, Channel, Component, ComponentKind, Confidence, Coverage, DetectedSdk, DexFile, Packing,
    PermissionSource, RequestedPermission, SdkEvidence, Seen, Trace,
};
use privacy_audit::catalogue::{CapabilityId, EvidenceGrade, SdkCategory};
use privacy_audit::policy::{
    Basis, Document, Fact, Format, ListKind, NameMatch, Party, Passage, Platform, Polarity, Policy, Role, SdkDenial,
    SdkEntry, Statement, Subject,
};

/// A package whose code was seen whole.
pub fn apk() -> Apk {
    let mut apk = Apk { file: "app.apk".into(), label: Some("样例".into()), ..Apk::default() };
    apk.manifest.package = "com.example.sample".into();
    apk.manifest.min_sdk = Some(24);
    apk.manifest.target_sdk = Some(34);
    apk.dex.push(DexFile { split: None, entry: "classes.dex".into(), bytes: 1, version: "035".into(), classes: 1 });
    apk.classes.push("com.example.sample.Main".into());
    apk.coverage = Coverage { manifest: Seen::Full, classes: Seen::Full, calls: Seen::Full, unread: Vec::new() };
    apk
}

/// The same package with a permission, full name or the part after `android.permission.`.
pub fn requests(mut apk: Apk, name: &str) -> Apk {
    let name = if name.contains('.') { name.to_owned() } else { format!("android.permission.{name}") };
    let trace = Trace::entry("AndroidManifest.xml", format!("uses-permission {name}"));
    let source = PermissionSource::UsesPermission;
    apk.manifest.permissions.push(RequestedPermission { name, max_sdk: None, source, trace });
    apk
}

/// The same package with a direct use of a data item, by the app itself or by an SDK.
pub fn calls(mut apk: Apk, item: &str, sdk: Option<&str>) -> Apk {
    apk.calls.push(Call {
        item: item.into(),
        grade: EvidenceGrade::Direct,
        api: format!("Lframework;->read_{item}"),
        class: "com.example.sample.Main".into(),
        method: "run".into(),
        split: None,
        dex: "classes.dex".into(),
        offset: 0x100,
        sdk: sdk.map(Into::into),
        support: false,
    });
    apk
}

/// The same package with an SDK, seen in its classes and in a component unless it is only a hint.
pub fn embeds(mut apk: Apk, id: &str, confidence: Confidence) -> Apk {
    let sign = |channel, value: &str| SdkEvidence {
        channel,
        value: value.into(),
        count: 3,
        strong: confidence == Confidence::High,
        trace: Trace::entry("classes.dex", value),
    };
    let evidence = vec![sign(Channel::Package, "com.vendor"), sign(Channel::Component, "com.vendor.Service")];
    apk.sdks.push(DetectedSdk { id: id.into(), evidence, confidence, bundled_by: None, version: None });
    apk.sdks.sort_by(|a, b| a.id.cmp(&b.id));
    apk
}

/// The same package, packed.
pub fn packed(mut apk: Apk) -> Apk {
    apk.packer =
        Some(Packing { id: None, name: "加固".into(), evidence: vec![Trace::entry("lib/x86/libjiagu.so", "mark")] });
    apk.coverage.classes = Seen::Partial;
    apk.coverage.calls = Seen::Partial;
    apk
}

pub fn passage(line: u32, quote: &str) -> Passage {
    Passage { document: 0, file: "policy.txt".into(), line, column: 1, quote: quote.into() }
}

fn fact(value: &str) -> Option<Fact> {
    Some(Fact { value: value.into(), passage: passage(1, value) })
}

/// A policy that says everything a policy must say of itself, and one harmless thing that it collects.
pub fn policy() -> Policy {
    let mut policy = Policy::default();
    policy.documents.push(Document {
        file: "policy.txt".into(),
        sha256: String::new(),
        encoding: "UTF-8".into(),
        format: Format::Text,
        lines: 100,
        regions: Vec::new(),
        sets_apart: false,
        pictures: Vec::new(),
        page_dates: Vec::new(),
    });
    let meta = &mut policy.meta;
    meta.app_name = fact("样例");
    meta.operator = fact("示例科技有限公司");
    meta.updated = fact("2026-01-01");
    meta.retention = fact("一年");
    meta.minors = fact("儿童");
    meta.sensitive = fact("单独同意");
    meta.collection_list = fact("清单");
    meta.export = fact("境内");
    let fact = || Fact { value: "x".into(), passage: passage(1, "x") };
    meta.contacts.push(("mail".into(), fact()));
    for right in ["access", "correction", "deletion", "closure", "withdrawal", "complaint"] {
        meta.rights.push((right.into(), fact()));
    }
    says(policy, "browse_search", Says::data())
}

/// How a statement says something.
#[derive(Clone, Copy)]
pub struct Says {
    pub polarity: Polarity,
    pub platform: Platform,
    pub basis: Basis,
    pub party: u8,
    pub photos_only: bool,
    pub hypothetical: bool,
}

impl Says {
    pub fn data() -> Self {
        let (polarity, platform, basis) = (Polarity::Affirmed, Platform::Any, Basis::Data);
        Self { polarity, platform, basis, party: 0, photos_only: false, hypothetical: false }
    }
    pub fn permission() -> Self {
        Self { basis: Basis::Permission, ..Self::data() }
    }
    pub fn denied() -> Self {
        Self { polarity: Polarity::DeniedFull, ..Self::data() }
    }
    pub fn partner() -> Self {
        Self { party: 1, ..Self::data() }
    }
}

/// The same policy with a statement about a capability (`camera`) or, where no capability has the id, a data item.
pub fn says(mut policy: Policy, subject: &str, how: Says) -> Policy {
    let catalogue = privacy_audit::catalogue::Catalogue::builtin();
    let subject = if how.basis != Basis::Data && catalogue.capability(subject).is_some() {
        Subject::Capability(CapabilityId::from(subject))
    } else {
        Subject::Data(subject.into())
    };
    let line = 10 + u32::try_from(policy.statements.len()).unwrap();
    policy.statements.push(Statement {
        party: if how.party == 0 { Party::FirstParty } else { Party::Partner },
        subject,
        polarity: how.polarity,
        basis: how.basis,
        platform: how.platform,
        permission: None,
        photos_only: how.photos_only,
        purpose: Some("用于服务".into()),
        optional: None,
        hypothetical: how.hypothetical,
        role: Role::Collection,
        passage: passage(line, "我们收集"),
    });
    policy
}

/// The same policy with a complete SDK entry.
pub fn lists(mut policy: Policy, id: &str, name_match: NameMatch) -> Policy {
    let line = 50 + u32::try_from(policy.sdks.len()).unwrap();
    policy.sdks.push(SdkEntry {
        name: id.into(),
        ids: vec![id.into()],
        name_match,
        company: Some("某公司".into()),
        package: None,
        data: vec!["device_info".into()],
        capabilities: Vec::new(),
        purpose: Some("统计".into()),
        link: Some("https://example.com".into()),
        platform: Platform::Any,
        listed: true,
        says_none: false,
        evidence: vec![passage(line, id)],
    });
    policy
}

/// The same policy with a pointer to a list that was not given.
pub fn points_to(mut policy: Policy, kind: ListKind) -> Policy {
    policy.external_lists.push(privacy_audit::policy::ExternalList {
        kind,
        name: "《清单》".into(),
        platform: privacy_audit::policy::Platform::Any,
        passage: passage(90, "详见《清单》"),
    });
    policy
}

/// The same policy with a denial that SDKs are embedded: of kinds, of components by id, or of all when both are empty.
pub fn denies(mut policy: Policy, kinds: &[&str], ids: &[&str]) -> Policy {
    let kind = |k: &&str| match *k {
        "ads" => SdkCategory::Ads,
        "push" => SdkCategory::Push,
        other => panic!("{other} is no kind that tests deny"),
    };
    policy.sdk_denials.push(SdkDenial {
        categories: kinds.iter().map(kind).collect(),
        ids: ids.iter().map(|i| (*i).into()).collect(),
        passage: passage(70, "没有接入此类SDK"),
    });
    policy
}

/// The same package with a receiver of the boot broadcast.
pub fn receives_boot(mut apk: Apk) -> Apk {
    apk.manifest.components.push(Component {
        kind: ComponentKind::Receiver,
        class: "com.example.sample.Boot".into(),
        target: None,
        permission: None,
        exported: None,
        process: None,
        authorities: Vec::new(),
        actions: vec!["android.intent.action.BOOT_COMPLETED".into()],
        trace: Trace::entry("AndroidManifest.xml", "receiver"),
    });
    apk
}
