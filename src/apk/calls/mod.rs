//! Which personal information, permissions and loaders the code uses, and who uses them.
//!
//! Method, field and string references are matched by table first; then one pass over all instructions finds where those
//! that matter are used. Only methods with a call that depends on its arguments are looked at a second time.

mod fold;
mod hierarchy;
mod marks;
mod receivers;
mod scan;
mod table;

use std::collections::HashSet;
use std::time::Instant;

use rayon::prelude::*;

use super::code::{DexAt, unread};
use super::owner::Owners;
use super::{Call, Manifest, PermissionUse, Trace, Unread};
use crate::catalogue::{Catalogue, EvidenceGrade};
pub(crate) use hierarchy::Hierarchy;
pub use table::Matcher;

use scan::{Caller, Hit};
use table::What;

/// What the instructions of all dex files show.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// In load order of the dex files, then by offset.
    pub(crate) calls: Vec<Call>,
    /// By permission, then in load order and by offset.
    pub(crate) permission_uses: Vec<PermissionUse>,
    /// In load order and by offset.
    pub(crate) loaders: Vec<Trace>,
    /// Dex files whose instructions could not be read whole.
    pub(crate) unread: Vec<Unread>,
}

/// Reads the instructions of every dex. The result does not depend on the number of threads.
pub(crate) fn scan(
    dexes: &[DexAt<'_>],
    (parallel, deadline): (bool, Option<Instant>),
    table: &Matcher<'_>,
    hierarchy: &Hierarchy<'_>,
    owners: &Owners<'_>,
    catalogue: &Catalogue,
) -> Scan {
    let one = |at: &DexAt<'_>| scan::scan(at, deadline, table, hierarchy, owners);
    let scans: Vec<_> = if parallel { dexes.par_iter().map(one).collect() } else { dexes.iter().map(one).collect() };
    let mut out = Scan::default();
    let mut seen = HashSet::new();
    let mut uses = HashSet::new();
    for (at, mut scan) in dexes.iter().zip(scans) {
        out.unread.extend(scan.errors.iter().map(|e| unread(at.split, at.entry, e)));
        scan.hits.sort_by(|a, b| (a.offset, a.what, &a.api).cmp(&(b.offset, b.what, &b.api)));
        scan.hits.dedup_by(|a, b| (a.offset, a.what, &a.api, a.method) == (b.offset, b.what, &b.api, b.method));
        for hit in scan.hits {
            let caller = &scan.callers[hit.caller];
            match hit.what {
                What::Item(item) => {
                    // One weak sign for each owner over all dex files.
                    if hit.grade < EvidenceGrade::Weak
                        || seen.insert((hit.what, hit.api.clone(), caller.sdk, caller.support))
                    {
                        out.calls.push(call(at, table, catalogue, item, &hit, caller));
                    }
                }
                What::Permission(permission) => {
                    if uses.insert((permission, hit.api.clone(), caller.class.clone())) {
                        out.permission_uses.push(permission_use(at, table, catalogue, permission, &hit, caller));
                    }
                }
                What::Loader { .. } => out.loaders.push(Trace {
                    split: at.split.map(Into::into),
                    entry: at.entry.into(),
                    class: Some(caller.class.clone()),
                    method: Some(scan::method_name(&at.dex, hit.method)),
                    offset: Some(hit.offset),
                    value: hit.api,
                }),
            }
        }
    }
    out.permission_uses.sort_by(|a, b| a.permission.cmp(&b.permission));
    out
}

/// Permissions that the app's own intent filters show to be used: a receiver of incoming messages needs no call.
pub(crate) fn by_intent_filter(manifest: &Manifest, owners: &Owners<'_>, catalogue: &Catalogue) -> Vec<PermissionUse> {
    let mut out = Vec::new();
    for entry in catalogue.permission_apis().iter().filter(|e| !e.actions.is_empty()) {
        if !manifest.permissions.iter().any(|p| p.name == entry.name) {
            continue;
        }
        for component in &manifest.components {
            let Some(action) = component.actions.iter().find(|a| entry.actions.contains(a)) else { continue };
            out.push(PermissionUse {
                permission: entry.name.clone(),
                api: action.clone(),
                class: component.class.clone(),
                method: String::new(),
                split: component.trace.split.clone(),
                dex: component.trace.entry.clone(),
                offset: 0,
                sdk: owners.of(&component.class).map(|c| catalogue.sdks()[c.sdk].id.clone()),
                support: owners.is_support(&component.class) && !owners.is_own(&component.class),
            });
        }
    }
    out
}

fn call(at: &DexAt<'_>, table: &Matcher<'_>, catalogue: &Catalogue, item: usize, hit: &Hit, caller: &Caller) -> Call {
    Call {
        item: table.items[item].id.clone(),
        grade: hit.grade,
        api: hit.api.clone(),
        class: caller.class.clone(),
        method: scan::method_name(&at.dex, hit.method),
        split: at.split.map(Into::into),
        dex: at.entry.into(),
        offset: hit.offset,
        sdk: caller.sdk.map(|s| catalogue.sdks()[s].id.clone()),
        support: caller.support,
    }
}

fn permission_use(
    at: &DexAt<'_>,
    table: &Matcher<'_>,
    catalogue: &Catalogue,
    permission: usize,
    hit: &Hit,
    caller: &Caller,
) -> PermissionUse {
    PermissionUse {
        permission: table.permissions[permission].0.clone(),
        api: hit.api.clone(),
        class: caller.class.clone(),
        method: scan::method_name(&at.dex, hit.method),
        split: at.split.map(Into::into),
        dex: at.entry.into(),
        offset: hit.offset,
        sdk: caller.sdk.map(|s| catalogue.sdks()[s].id.clone()),
        support: caller.support,
    }
}

#[cfg(test)]
mod tests {
    use crate::apk::code::{CodeFacts, EntryBytes, Input, read};
    use crate::apk::dex::build::{Builder, Insn, call, text};
    use crate::apk::{Call, Depth, Manifest, PermissionSource, RequestedPermission, Seen, Trace};
    use crate::catalogue::{Catalogue, EvidenceGrade};

    const SECURE: &str = "Landroid/provider/Settings$Secure;->getString";
    const DEVICE_ID: &str = "Landroid/telephony/TelephonyManager;->getDeviceId";

    fn scan(dex: &[Builder], permissions: &[&str]) -> CodeFacts {
        let mut manifest = Manifest { package: "com.example.app".into(), ..Manifest::default() };
        for name in permissions {
            manifest.permissions.push(RequestedPermission {
                name: (*name).into(),
                max_sdk: None,
                source: PermissionSource::UsesPermission,
                trace: Trace::entry("AndroidManifest.xml", *name),
            });
        }
        let bytes: Vec<_> = dex.iter().map(Builder::bytes).collect();
        let names: Vec<_> = (0..dex.len()).map(|i| format!("classes{i}.dex")).collect();
        let dex: Vec<_> =
            bytes.iter().zip(&names).map(|(bytes, entry)| EntryBytes { split: None, entry, bytes }).collect();
        let input = Input {
            dex: &dex,
            entries: &[],
            texts: &[],
            manifest: &manifest,
            depth: Depth::Calls,
            parallel: true,
            incomplete: false,
            deadline: None,
        };
        read(&input, Catalogue::builtin())
    }

    fn main(code: &[Insn]) -> Builder {
        Builder::new().class("com.example.app.Main", "android.app.Activity").method("run", code)
    }

    fn items(facts: &CodeFacts) -> Vec<(&str, EvidenceGrade)> {
        facts.calls.iter().map(|c| (c.item.as_str(), c.grade)).collect()
    }

    fn find<'f>(facts: &'f CodeFacts, item: &str) -> Option<&'f Call> {
        facts.calls.iter().find(|c| c.item == *item)
    }

    #[test]
    fn says_who_calls_what_where() {
        let dex = main(&[call(DEVICE_ID, &[0])])
            .class("com.umeng.analytics.A", "java.lang.Object")
            .method("a", &[call(DEVICE_ID, &[0])])
            .class("androidx.core.A", "java.lang.Object")
            .method("a", &[call(DEVICE_ID, &[0])]);
        let bytes = dex.bytes();
        let facts = scan(&[dex], &["android.permission.READ_PHONE_STATE"]);
        assert_eq!(facts.calls.len(), 3);
        let own = facts.calls.iter().find(|c| c.class == "com.example.app.Main").unwrap();
        assert_eq!((own.item.as_str(), own.grade, own.method.as_str()), ("imei", EvidenceGrade::Direct, "run"));
        assert_eq!((&own.sdk, own.support), (&None, false));
        assert_eq!(bytes[own.offset as usize], 0x6e, "the offset is that of the instruction");
        assert!(facts.calls.iter().any(|c| c.sdk.as_ref().is_some_and(|s| *s == "umeng-analytics")));
        assert!(facts.calls.iter().any(|c| c.support));
        assert_eq!(facts.permission_uses.len(), 3);
        assert_eq!(facts.calls_seen, Seen::Full);
    }

    #[test]
    fn arguments_decide() {
        let facts = scan(&[main(&[text(1, "android_id"), call(SECURE, &[0, 1])])], &[]);
        let direct = facts.calls.iter().find(|c| c.grade == EvidenceGrade::Direct).unwrap();
        assert_eq!(direct.api, format!("{SECURE}(\"android_id\")"));
        // Another setting, and the string elsewhere in the method.
        let other = scan(&[main(&[text(2, "android_id"), text(1, "volume"), call(SECURE, &[0, 1])])], &[]);
        assert_eq!(items(&other), [("android_id", EvidenceGrade::Weak)]);
        let sensor = "Landroid/hardware/SensorManager;->getDefaultSensor";
        let steps = scan(&[main(&[Insn::Int(1, 19), call(sensor, &[0, 1])])], &[]);
        assert_eq!(find(&steps, "step_count").unwrap().grade, EvidenceGrade::Direct);
        assert!(find(&scan(&[main(&[Insn::Int(1, 1), call(sensor, &[0, 1])])], &[]), "step_count").is_none());
    }

    #[test]
    fn folds_builders_and_branches() {
        let append = "Ljava/lang/StringBuilder;->append";
        let result = |r: u16| Insn::Raw(vec![0x000c | r << 8]);
        let built = [
            call("Ljava/lang/StringBuilder;-><init>", &[2]),
            text(1, "android"),
            call(append, &[2, 1]),
            result(2),
            text(1, "_id"),
            call(append, &[2, 1]),
            result(2),
            call("Ljava/lang/StringBuilder;->toString", &[2]),
            result(3),
            call(SECURE, &[0, 3]),
        ];
        assert_eq!(find(&scan(&[main(&built)], &[]), "android_id").unwrap().grade, EvidenceGrade::Direct);
        // if (v0 == 0) v1 = "android_id" else v1 = "volume"
        let either = [
            Insn::Raw(vec![0x0038, 5]),
            text(1, "android_id"),
            Insn::Raw(vec![0x0328]),
            text(1, "volume"),
            call(SECURE, &[0, 1]),
        ];
        assert!(items(&scan(&[main(&either)], &[])).contains(&("android_id", EvidenceGrade::Direct)));
    }

    #[test]
    fn receivers_are_resolved_through_the_hierarchy() {
        let service = "android.accessibilityservice.AccessibilityService";
        let api = "Lcom/example/app/Reader;->getRootInActiveWindow";
        let base = Builder::new().class("com.example.app.Base", service);
        let reader =
            Builder::new().class("com.example.app.Reader", "com.example.app.Base").method("read", &[call(api, &[0])]);
        let facts = scan(&[base.clone(), reader.clone()], &[]);
        assert_eq!(items(&facts), [("accessibility_content", EvidenceGrade::Direct)]);
        assert_eq!(facts.calls[0].api, "Landroid/accessibilityservice/AccessibilityService;->getRootInActiveWindow");
        // A method of its own with that name is another one, and so is that of an unrelated class.
        assert!(items(&scan(&[base.method("getRootInActiveWindow", &[]), reader.clone()], &[])).is_empty());
        assert!(items(&scan(&[reader], &[])).is_empty());
    }

    #[test]
    fn a_hierarchy_that_runs_in_a_circle_ends() {
        let api = "Lcom/example/app/A;->getRootInActiveWindow";
        let a = Builder::new().class("com.example.app.A", "com.example.app.B").method("read", &[call(api, &[0])]);
        let b = Builder::new().class("com.example.app.B", "com.example.app.A");
        assert!(items(&scan(&[a.clone(), b], &[])).is_empty());
        let own = Builder::new().class("com.example.app.A", "com.example.app.A").method("read", &[call(api, &[0])]);
        assert!(items(&scan(&[own, a], &[])).is_empty());
    }

    #[test]
    fn what_the_system_calls_counts_where_it_is_defined() {
        let service = "android.service.notification.NotificationListenerService";
        let dex = Builder::new().class("com.example.app.Listener", service).method("onNotificationPosted", &[]);
        assert_eq!(items(&scan(&[dex], &[])), [("notifications_content", EvidenceGrade::Direct)]);
    }

    #[test]
    fn uris_fields_and_strings() {
        let contacts = "Landroid/provider/ContactsContract$Contacts;->CONTENT_URI";
        let facts = scan(
            &[main(&[text(0, "content://sms/inbox"), text(0, "content://smsx"), Insn::Field(1, contacts.into())])],
            &["android.permission.READ_CONTACTS"],
        );
        assert_eq!(items(&facts), [("sms", EvidenceGrade::Direct), ("contacts", EvidenceGrade::Direct)]);
        assert_eq!(facts.calls[0].api, "content://sms");
        assert_eq!(facts.permission_uses[0].permission, "android.permission.READ_CONTACTS");
        let picked = main(&[text(0, "android.intent.action.PICK"), Insn::Field(1, contacts.into())]);
        assert_eq!(find(&scan(&[picked], &[]), "contacts").unwrap().grade, EvidenceGrade::Weak);
    }

    #[test]
    fn narrow_queries_are_no_list_of_apps() {
        let query = "Landroid/content/pm/PackageManager;->queryIntentActivities";
        let share = scan(&[main(&[text(0, "android.intent.action.SEND"), call(query, &[0])])], &[]);
        assert_eq!(find(&share, "installed_apps").unwrap().grade, EvidenceGrade::Weak);
        let launchers = scan(&[main(&[text(0, "android.intent.action.MAIN"), call(query, &[0])])], &[]);
        assert_eq!(find(&launchers, "installed_apps").unwrap().grade, EvidenceGrade::Direct);
    }

    #[test]
    fn reflection_is_weak() {
        let method = "Ljava/lang/Class;->getMethod";
        let facts = scan(
            &[main(&[text(0, "android.telephony.TelephonyManager"), text(1, "getDeviceId"), call(method, &[0, 1])])],
            &[],
        );
        assert_eq!(find(&facts, "imei").unwrap().grade, EvidenceGrade::Weak);
        let by_class = [
            Insn::Class(0, "android.telephony.TelephonyManager".into()),
            text(1, "getDeviceId"),
            call(method, &[0, 1]),
        ];
        assert_eq!(find(&scan(&[main(&by_class)], &[]), "imei").unwrap().grade, EvidenceGrade::Weak);
        let unrelated = scan(&[main(&[text(0, "com.example.A"), text(1, "getDeviceId"), call(method, &[0, 1])])], &[]);
        assert!(find(&unrelated, "imei").is_none());
    }

    #[test]
    fn what_the_time_does_not_suffice_for_is_unread() {
        let bytes = main(&[call(DEVICE_ID, &[0])]).bytes();
        let manifest = Manifest { package: "com.example.app".into(), ..Manifest::default() };
        let input = Input {
            dex: &[EntryBytes { split: None, entry: "classes.dex", bytes: &bytes }],
            entries: &[],
            texts: &[],
            manifest: &manifest,
            depth: Depth::Calls,
            parallel: false,
            deadline: Some(std::time::Instant::now()),
            incomplete: false,
        };
        let facts = read(&input, Catalogue::builtin());
        assert!(facts.calls.is_empty());
        assert_eq!((facts.classes_seen, facts.calls_seen), (Seen::Full, Seen::Partial));
        assert!(facts.unread[0].why.contains("up to class 0 of 1"), "{:?}", facts.unread);
    }

    #[test]
    fn loaders_of_code() {
        let load = "Ldalvik/system/DexClassLoader;-><init>";
        let facts = scan(&[main(&[call(load, &[0])])], &[]);
        assert_eq!(facts.dynamic[0].value, load);
        let support = Builder::new().class("androidx.multidex.A", "java.lang.Object").method("a", &[call(load, &[0])]);
        assert!(scan(&[support], &[]).dynamic.is_empty());
    }

    #[test]
    fn weak_signs_are_kept_once_for_each_owner() {
        let model = Insn::Field(0, "Landroid/os/Build;->MODEL".into());
        let dex = main(&[model.clone(), model.clone()]).method("again", &[model]);
        assert_eq!(scan(&[dex.clone(), dex], &[]).calls.len(), 1);
    }

    /// Reads damaged copies of a dex: bytes changed, stretches copied over others, the end cut off.
    fn mutate(rounds: u32) {
        let get = "Lcom/example/app/Main;->getText";
        let code = [
            text(1, "android_id"),
            call(SECURE, &[0, 1]),
            Insn::Raw(vec![0x002b, 4, 0, 0x0028, 0x0100, 1, 0, 0, 3, 0]),
            call("Ljava/lang/StringBuilder;->append", &[2, 1]),
            call(get, &[0]),
        ];
        let seed = main(&code).class("com.umeng.analytics.A", "com.example.app.Main").method("a", &code).bytes();
        let both = crate::apk::dex::build::container(&[main(&code), main(&code)]);
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut random = move |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % below as u64) as usize
        };
        let manifest = Manifest { package: "com.example.app".into(), ..Manifest::default() };
        for round in 0..rounds {
            let mut bytes = if round % 4 == 0 { both.clone() } else { seed.clone() };
            for _ in 0..=random(6) {
                let at = random(bytes.len());
                match random(5) {
                    0 => bytes[at] = [0, 0x7f, 0x80, 0xff][random(4)],
                    1 => bytes[at] ^= 1 << random(8),
                    2 => bytes[at] = random(256) as u8,
                    3 => {
                        let (from, length) = (random(bytes.len()), random(16));
                        let piece = bytes[from..(from + length).min(bytes.len())].to_vec();
                        let end = (at + piece.len()).min(bytes.len());
                        bytes[at..end].copy_from_slice(&piece[..end - at]);
                    }
                    _ => bytes.truncate(at.max(1)),
                }
            }
            let dex = [EntryBytes { split: None, entry: "classes.dex", bytes: &bytes }];
            let depth = Depth::Calls;
            let input = Input {
                dex: &dex,
                entries: &[],
                texts: &[],
                manifest: &manifest,
                depth,
                parallel: false,
                incomplete: false,
                deadline: None,
            };
            let facts = read(&input, Catalogue::builtin());
            let names: usize = facts.classes.iter().map(String::len).sum();
            assert!(names <= 3 * bytes.len() && facts.calls.len() <= 64 * bytes.len());
        }
    }

    #[test]
    fn survives_damage() {
        mutate(500);
    }

    #[test]
    #[ignore = "takes minutes"]
    fn survives_much_damage() {
        mutate(100_000);
    }
}
