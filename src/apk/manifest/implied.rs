//! What the platform adds to the permissions a manifest asks for.

use std::collections::HashMap;

use crate::apk::{ComponentKind, Manifest, PermissionSource, RequestedPermission};
use crate::catalogue::{Catalogue, Grant};

/// Adds implied permissions and those that guard components which only the system binds.
///
/// Source of the procedure: AOSP `ParsingPackageUtils.convertCompatPermissions`, `convertSplitPermissions`: the table is gone
/// through once, in order, and what it added counts for the lines below.
pub(crate) fn complete(manifest: &mut Manifest, catalogue: &Catalogue) {
    let target = manifest.effective_target_sdk();
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
