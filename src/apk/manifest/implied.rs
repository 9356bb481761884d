//! What the platform adds to the permissions a manifest asks for.

use std::collections::HashMap;

use crate::apk::{ComponentKind, Manifest, PermissionSource, RequestedPermission};
use crate::catalogue::{Catalogue, Grant};

/// Adds implied permissions and those that guard components which only the system binds.
///
/// Source of the procedure: AOSP `ParsingPackageUtils.convertCompatPermissions`, `convertSplitPermissions`: the table is gone
/// through once, in order, and what it added counts for the lines below.
///
/// A source manifest mostly leaves the target to the build: without `target_known` nothing is added that depends on it.
pub(crate) fn complete(manifest: &mut Manifest, target_known: bool, catalogue: &Catalogue) {
    let target = if target_known { manifest.effective_target_sdk() } else { u32::MAX };
    let mut index: HashMap<String, usize> =
        manifest.permissions.iter().enumerate().map(|(i, p)| (p.name.clone(), i)).collect();
    for rule in catalogue.implied_permissions() {
        if rule.below_target.is_some_and(|below| target >= below) {
            continue;
        }
        let cause = match &rule.requested {
            None => None,
            Some(requested) => match index.get(requested) {
                Some(&i) => Some(manifest.permissions[i].clone()),
                None => continue,
            },
        };
        let max_sdk = cause.as_ref().and_then(|c| c.max_sdk);
        // The cause is gone before the platform that adds this permission came.
        if max_sdk.is_some_and(|max| max < rule.since) {
            continue;
        }
        let age = rule.below_target.map(|below| format!("targetSdkVersion {target} < {below}"));
        let by = [rule.requested.clone(), age].into_iter().flatten().collect::<Vec<_>>().join(", ");
        for name in &rule.adds {
            if index.contains_key(name) {
                continue;
            }
            let mut trace = cause
                .as_ref()
                .map_or_else(|| crate::apk::Trace::entry(super::ENTRY, "<uses-sdk>"), |cause| cause.trace.clone());
            if cause.is_none() {
                trace.value = format!("<uses-sdk android:targetSdkVersion=\"{target}\">");
            }
            index.insert(name.clone(), manifest.permissions.len());
            manifest.permissions.push(RequestedPermission {
                name: name.clone(),
                max_sdk,
                source: PermissionSource::Implied { by: by.clone() },
                trace,
            });
        }
    }
    guards(manifest, catalogue);
}

/// A service or receiver that only the system can bind gives the app special access once the user agrees.
fn guards(manifest: &mut Manifest, catalogue: &Catalogue) {
    for component in &manifest.components {
        if !matches!(component.kind, ComponentKind::Service | ComponentKind::Receiver) {
            continue;
        }
        let Some(name) = &component.permission else { continue };
        let known = catalogue.permission(name);
        if known.is_some_and(|p| p.special_access && p.grant == Grant::Component) {
            manifest.permissions.push(RequestedPermission {
                name: name.clone(),
                max_sdk: None,
                source: PermissionSource::Component { class: component.class.clone() },
                trace: component.trace.clone(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apk::manifest::read_binary;
    use crate::apk::testing::{Style, axml};
    use crate::apk::typed::Unresolved;

    fn completed(xml: &str) -> Vec<(String, PermissionSource)> {
        let mut m = read_binary(&axml(xml, Style::default()), None, &Unresolved).unwrap().manifest;
        complete(&mut m, true, Catalogue::builtin());
        m.permissions.into_iter().map(|p| (p.name.replace("android.permission.", ""), p.source)).collect()
    }

    #[test]
    fn implied_as_the_platform_does() {
        let implied = |target: u32, asked: &str| {
            let list = completed(&format!(
                r#"<manifest package="a"><uses-sdk android:targetSdkVersion="{target}"/>
                   <uses-permission android:name="android.permission.{asked}"/></manifest>"#
            ));
            list[1..].iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(implied(34, "WRITE_EXTERNAL_STORAGE"), "READ_EXTERNAL_STORAGE");
        assert_eq!(implied(34, "ACCESS_FINE_LOCATION"), "ACCESS_COARSE_LOCATION");
        assert_eq!(
            implied(28, "ACCESS_FINE_LOCATION"),
            "POST_NOTIFICATIONS ACCESS_COARSE_LOCATION ACCESS_BACKGROUND_LOCATION"
        );
        assert_eq!(implied(15, "READ_CONTACTS"), "POST_NOTIFICATIONS READ_CALL_LOG");
        let old = implied(3, "INTERNET");
        assert!(
            old.starts_with("POST_NOTIFICATIONS WRITE_EXTERNAL_STORAGE READ_PHONE_STATE READ_EXTERNAL_STORAGE"),
            "{old}"
        );
        assert!(old.ends_with("READ_MEDIA_VISUAL_USER_SELECTED"), "one addition brings the next: {old}");
        assert_eq!(implied(34, "CAMERA"), "");
    }

    #[test]
    fn an_implied_permission_ends_with_its_cause() {
        let list = completed(
            r#"<manifest package="a"><uses-sdk android:targetSdkVersion="32"/>
               <uses-permission android:name="android.permission.WRITE_EXTERNAL_STORAGE" android:maxSdkVersion="28"/></manifest>"#,
        );
        let names: Vec<_> = list.iter().map(|(n, _)| n.as_str()).collect();
        assert_eq!(
            names,
            ["WRITE_EXTERNAL_STORAGE", "POST_NOTIFICATIONS", "READ_EXTERNAL_STORAGE"],
            "no media permissions of API 33"
        );
    }

    #[test]
    fn guards_of_system_bound_services() {
        let list = completed(
            r#"<manifest package="a"><uses-sdk android:targetSdkVersion="34"/><application>
               <service android:name=".S" android:permission="android.permission.BIND_ACCESSIBILITY_SERVICE"/>
               <service android:name=".J" android:permission="android.permission.BIND_JOB_SERVICE"/>
               <activity android:name=".A" android:permission="android.permission.BIND_ACCESSIBILITY_SERVICE"/>
               </application></manifest>"#,
        );
        assert_eq!(list, [("BIND_ACCESSIBILITY_SERVICE".into(), PermissionSource::Component { class: "a.S".into() })]);
    }
}
