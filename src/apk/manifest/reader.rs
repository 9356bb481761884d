//! Elements to facts, in the order they come.

use std::collections::HashMap;

use super::{ENTRY, Element, Key, Read, protection, request};
use crate::apk::typed::{Resolve, Typed};
use crate::apk::{
    Component, ComponentKind, DeclaredPermission, Feature, Manifest, MetaData, PermissionSource, RequestedPermission,
    Trace, Value,
};

/// Permissions asked for from API 23 on.
const SDK_23_TAGS: [&str; 2] = ["uses-permission-sdk-23", "uses-permission-sdk-m"];
/// Misplaced elements are told one by one up to here.
const MAX_TOLD: usize = 5;

/// Where the reader stands: what the platform does with the children of the element it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Context {
    /// Before the root.
    Document,
    Manifest,
    Application,
    Component,
    Filter,
    Queries,
    QueriesIntent,
    FeatureGroup,
    /// Passed over with everything in it.
    Skipped,
}

/// Takes start and end tags and gathers the facts.
pub(crate) struct Reader<'r> {
    resources: &'r dyn Resolve,
    split: Option<&'r str>,
    /// Name of the entry or file, for traces.
    entry: String,
    unit: &'static str,
    manifest: Manifest,
    stack: Vec<Context>,
    pub(super) rooted: bool,
    seen_application: bool,
    application_permission: Option<String>,
    permissions: HashMap<String, usize>,
    launcher_label: Option<Value>,
    label: Option<Value>,
    misplaced: Vec<String>,
    out_of_order: u32,
    misnamed: u32,
    odd_namespaces: u32,
    pub(super) deviations: Vec<String>,
}

impl<'r> Reader<'r> {
    pub(crate) fn new(split: Option<&'r str>, resources: &'r dyn Resolve) -> Self {
        Self {
            resources,
            split,
            entry: ENTRY.to_owned(),
            unit: "byte",
            manifest: Manifest::default(),
            stack: Vec::new(),
            rooted: false,
            seen_application: false,
            application_permission: None,
            permissions: HashMap::new(),
            launcher_label: None,
            label: None,
            misplaced: Vec::new(),
            out_of_order: 0,
            misnamed: 0,
            odd_namespaces: 0,
            deviations: Vec::new(),
        }
    }

    /// For a text manifest: places are lines of this file. `package` stands for a missing one.
    pub(crate) fn of_text(entry: String, package: String, resources: &'r dyn Resolve) -> Self {
        let manifest = Manifest { package, ..Manifest::default() };
        Self { entry, unit: "line", manifest, ..Self::new(None, resources) }
    }

    /// The application id read so far.
    pub(crate) fn package(&self) -> &str {
        &self.manifest.package
    }

    pub(crate) fn start(&mut self, element: &Element<'_>) {
        if element.out_of_order {
            self.out_of_order += 1;
        }
        self.misnamed = self.misnamed.saturating_add(element.misnamed);
        self.odd_namespaces = self.odd_namespaces.saturating_add(element.misplaced);
        let context = self.stack.last().copied().unwrap_or(Context::Document);
        let next = match context {
            Context::Document => self.root(element),
            Context::Manifest => self.in_manifest(element),
            Context::Application => self.in_application(element),
            Context::Component => self.in_component(element),
            Context::Filter => self.in_filter(element),
            Context::Queries => self.in_queries(element),
            Context::QueriesIntent => self.in_queries_intent(element),
            Context::FeatureGroup => self.in_feature_group(element),
            Context::Skipped => Context::Skipped,
        };
        if context != Context::Manifest && element.name.starts_with("uses-permission") {
            let name = element.own_text(Key::Name).unwrap_or("?");
            self.misplaced.push(format!("{name} at {} {}", self.unit, element.place));
        }
        self.stack.push(next);
    }

    pub(crate) fn end(&mut self) {
        self.stack.pop();
    }

    pub(crate) fn finish(mut self) -> Read {
        for misplaced in self.misplaced.iter().take(MAX_TOLD) {
            self.deviations.push(format!("the manifest asks for {misplaced}, in a place where Android ignores it"));
        }
        if self.misplaced.len() > MAX_TOLD {
            let more = self.misplaced.len() - MAX_TOLD;
            self.deviations
                .push(format!("the manifest asks for {more} further permissions where Android ignores them"));
        }
        if self.out_of_order > 0 {
            self.deviations.push(format!(
                "{} elements of the manifest carry attributes out of order, which Android does not find",
                self.out_of_order
            ));
        }
        let told = [
            (self.misnamed, "whose names are blank or wrong; Android goes by their resource ids"),
            (self.odd_namespaces, "outside the platform's namespace; Android goes by their resource ids"),
        ];
        for (count, what) in told.into_iter().filter(|(count, _)| *count > 0) {
            self.deviations.push(format!("the manifest holds {count} attributes {what}"));
        }
        Read {
            manifest: self.manifest,
            deviations: self.deviations,
            stopped: None,
            launcher_label: self.launcher_label,
        }
    }

    fn root(&mut self, e: &Element<'_>) -> Context {
        if e.name != "manifest" || self.rooted {
            return Context::Skipped;
        }
        self.rooted = true;
        let m = &mut self.manifest;
        if let Some(package) = e.plain("package").filter(|p| !p.is_empty()) {
            m.package = package;
        }
        m.splits_required = e.bool(Key::IsSplitRequired, self.resources).unwrap_or(false);
        m.split = e.plain("split").filter(|s| !s.is_empty());
        if m.split.is_none() {
            // The base of a set: a trace names no split.
            self.split = None;
        }
        m.version_name = e.resolved(Key::VersionName, self.resources).and_then(|v| v.text());
        let low = e.int(Key::VersionCode, self.resources);
        let high = e.int(Key::VersionCodeMajor, self.resources);
        m.version_code =
            (low.is_some() || high.is_some()).then(|| u64::from(high.unwrap_or(0)) << 32 | u64::from(low.unwrap_or(0)));
        m.shared_user_id = e.text(Key::SharedUserId, self.resources).filter(|s| !s.is_empty());
        Context::Manifest
    }

    fn in_manifest(&mut self, e: &Element<'_>) -> Context {
        match &*e.name {
            "application" if self.seen_application => {
                // The platform only warns, and reads on into the second one as if its tags were not there.
                self.deviations.push(format!("a second <application> stands at {} {}", self.unit, e.place));
                return Context::Manifest;
            }
            "application" => {
                self.application(e);
                return Context::Application;
            }
            "uses-permission" => self.uses_permission(e, PermissionSource::UsesPermission),
            tag if SDK_23_TAGS.contains(&tag) => self.uses_permission(e, PermissionSource::UsesPermissionSdk23),
            "uses-sdk" => self.uses_sdk(e),
            "permission" => self.declared_permission(e),
            "queries" => return Context::Queries,
            "feature-group" => return Context::FeatureGroup,
            "uses-feature" => {
                self.feature(e, e.bool(Key::Required, self.resources).unwrap_or(true));
                // Its parser does not skip to the end tag, so children are read as if they stood in <manifest>.
                return Context::Manifest;
            }
            "uses-configuration"
            | "supports-screens"
            | "protected-broadcast"
            | "original-package"
            | "adopt-permissions"
            | "restrict-update" => return Context::Manifest,
            _ => {}
        }
        Context::Skipped
    }

    fn application(&mut self, e: &Element<'_>) {
        self.seen_application = true;
        let name = e.text(Key::Name, self.resources);
        self.manifest.application_class = name.and_then(|n| self.class_name(&n));
        self.manifest.label = value(e, Key::Label);
        self.manifest.debuggable = e.bool(Key::Debuggable, self.resources).unwrap_or(false);
        self.manifest.cleartext = e.bool(Key::UsesCleartextTraffic, self.resources);
        self.application_permission = e.text(Key::Permission, self.resources).filter(|p| !p.is_empty());
    }

    /// `ParsingUtils.buildClassName`.
    fn class_name(&self, name: &str) -> Option<String> {
        let package = &self.manifest.package;
        match name.as_bytes() {
            [] => None,
            [b'.', ..] => Some(format!("{package}{name}")),
            _ if !name.contains('.') => Some(format!("{package}.{name}")),
            _ => Some(name.to_owned()),
        }
    }

    fn trace(&self, e: &Element<'_>, value: String) -> Trace {
        let trace = Trace::entry(self.entry.as_str(), value);
        Trace { split: self.split.map(Into::into), offset: Some(e.place), ..trace }
    }

    fn uses_permission(&mut self, e: &Element<'_>, source: PermissionSource) {
        let Some(name) = e.own_text(Key::Name).filter(|n| !n.is_empty()) else { return };
        let max_sdk = e.number(Key::MaxSdkVersion, self.resources);
        let limit = max_sdk.map(|max| format!(" android:maxSdkVersion=\"{max}\"")).unwrap_or_default();
        let trace = self.trace(e, format!("<{} android:name=\"{name}\"{limit}>", e.name));
        let asked = RequestedPermission { name: name.to_owned(), max_sdk, source, trace };
        request(&mut self.manifest.permissions, &mut self.permissions, asked);
    }

    fn uses_sdk(&mut self, e: &Element<'_>) {
        // A code name ("S") stands for an unfinished platform; no number can be given for it.
        let number = |key| e.number(key, self.resources);
        self.manifest.min_sdk = number(Key::MinSdkVersion);
        self.manifest.target_sdk = number(Key::TargetSdkVersion);
        self.manifest.max_sdk = number(Key::MaxSdkVersion);
    }

    fn declared_permission(&mut self, e: &Element<'_>) {
        let Some(name) = e.text(Key::Name, self.resources).filter(|n| !n.is_empty()) else { return };
        let protection = e.resolved(Key::ProtectionLevel, self.resources).and_then(|v| match v {
            Typed::Text(text) => protection::parse(&text),
            v => v.int(),
        });
        self.manifest.declared_permissions.push(DeclaredPermission { name, protection });
    }

    fn feature(&mut self, e: &Element<'_>, required: bool) {
        let name = e.own_text(Key::Name).map(Into::into);
        self.manifest.features.push(Feature { name, required });
    }

    fn in_application(&mut self, e: &Element<'_>) -> Context {
        let kind = match &*e.name {
            "activity" => ComponentKind::Activity,
            "activity-alias" => ComponentKind::ActivityAlias,
            "service" => ComponentKind::Service,
            "receiver" => ComponentKind::Receiver,
            "provider" => ComponentKind::Provider,
            "meta-data" => {
                self.meta_data(e, None);
                return Context::Application;
            }
            "uses-library" | "uses-native-library" => {
                self.manifest.libraries.extend(e.own_text(Key::Name).map(Into::into));
                return Context::Application;
            }
            _ => return Context::Skipped,
        };
        let Some(class) = e.text(Key::Name, self.resources).and_then(|n| self.class_name(&n)) else {
            return Context::Skipped;
        };
        let text = |key| e.text(key, self.resources).filter(|t| !t.is_empty());
        // A component without a permission of its own is guarded by the application's.
        let permission = text(Key::Permission)
            .or_else(|| if kind == ComponentKind::Provider { text(Key::ReadPermission) } else { None })
            .or_else(|| if kind == ComponentKind::Provider { text(Key::WritePermission) } else { None })
            .or_else(|| self.application_permission.clone());
        let authorities = text(Key::Authorities).unwrap_or_default();
        let component = Component {
            kind,
            target: text(Key::TargetActivity).and_then(|n| self.class_name(&n)),
            permission,
            exported: e.bool(Key::Exported, self.resources),
            process: text(Key::Process),
            authorities: authorities.split(';').filter(|a| !a.is_empty()).map(Into::into).collect(),
            actions: Vec::new(),
            trace: Trace {
                class: Some(class.clone()),
                ..self.trace(e, format!("<{} android:name=\"{class}\">", e.name))
            },
            class,
        };
        self.label = value(e, Key::Label);
        self.manifest.components.push(component);
        Context::Component
    }

    fn in_component(&mut self, e: &Element<'_>) -> Context {
        match &*e.name {
            "intent-filter" => return Context::Filter,
            "meta-data" => {
                let owner = self.manifest.components.last().map(|c| c.class.clone());
                self.meta_data(e, owner);
            }
            _ => {}
        }
        Context::Skipped
    }

    fn in_filter(&mut self, e: &Element<'_>) -> Context {
        let Some(component) = self.manifest.components.last_mut() else { return Context::Skipped };
        match (&*e.name, e.own_text(Key::Name)) {
            ("action", Some(action)) if !component.actions.iter().any(|a| a == action) => {
                component.actions.push(action.to_owned());
            }
            ("category", Some("android.intent.category.LAUNCHER")) if self.launcher_label.is_none() => {
                self.launcher_label.clone_from(&self.label);
            }
            _ => {}
        }
        Context::Filter
    }

    fn meta_data(&mut self, e: &Element<'_>, owner: Option<String>) {
        let Some(key) = e.text(Key::Name, self.resources) else { return };
        let own = || match e.get(Key::Value)? {
            Typed::Reference(id) => {
                Some(self.resources.resolve(*id).and_then(|v| v.text()).map_or(Value::Reference(*id), Value::Text))
            }
            v => v.text().map(Value::Text),
        };
        let resource = match e.get(Key::Resource) {
            Some(Typed::Reference(id)) if *id != 0 => Some(Value::Reference(*id)),
            Some(Typed::Text(text)) => Some(Value::Text(text.to_string())),
            _ => None,
        };
        self.manifest.meta_data.push(MetaData { key, value: resource.or_else(own), owner });
    }

    fn in_queries(&mut self, e: &Element<'_>) -> Context {
        let queries = &mut self.manifest.queries;
        match &*e.name {
            "intent" => return Context::QueriesIntent,
            "package" => queries.packages.extend(e.text(Key::Name, self.resources).filter(|n| !n.is_empty())),
            "provider" => {
                let authorities = e.text(Key::Authorities, self.resources).unwrap_or_default();
                queries.providers.extend(authorities.split(';').filter(|a| !a.is_empty()).map(Into::into));
            }
            _ => {}
        }
        Context::Queries
    }

    fn in_queries_intent(&mut self, e: &Element<'_>) -> Context {
        if e.name == "action" {
            self.manifest.queries.actions.extend(e.own_text(Key::Name).map(Into::into));
        }
        Context::QueriesIntent
    }

    fn in_feature_group(&mut self, e: &Element<'_>) -> Context {
        if e.name == "uses-feature" {
            self.feature(e, true);
        }
        Context::FeatureGroup
    }
}

fn value(e: &Element<'_>, key: Key) -> Option<Value> {
    match e.get(key)? {
        Typed::Reference(id) => Some(Value::Reference(*id)),
        v => v.text().map(Value::Text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apk::manifest::read_binary;
    use crate::apk::testing::{Style, axml};
    use crate::apk::typed::Unresolved;

    fn read(xml: &str) -> Read {
        let utf16 = read_binary(&axml(xml, Style::default()), None, &Unresolved).unwrap();
        for style in [
            Style { utf8: true, ..Style::default() },
            Style { blank_names: true, ..Style::default() },
            Style { spacing: 4, ..Style::default() },
        ] {
            let other = read_binary(&axml(xml, style), None, &Unresolved).unwrap();
            let places = |m: &Manifest| {
                let mut m = m.clone();
                m.permissions.iter_mut().for_each(|p| p.trace.offset = None);
                m.components.iter_mut().for_each(|c| c.trace.offset = None);
                m
            };
            assert_eq!(places(&utf16.manifest), places(&other.manifest), "{style:?}");
        }
        utf16
    }

    fn names(m: &Manifest) -> Vec<(&str, Option<u32>)> {
        m.permissions.iter().map(|p| (p.name.as_str(), p.max_sdk)).collect()
    }

    #[test]
    fn the_head() {
        let m = read(
            r#"<manifest package="a.b" android:versionCode="7" android:versionCodeMajor="2" android:versionName="1.0">
                 <uses-sdk android:minSdkVersion="21" android:targetSdkVersion="34"/>
                 <permission android:name="a.b.P" android:protectionLevel="2"/>
                 <uses-feature android:name="android.hardware.camera" android:required="false"/>
                 <application android:name=".App" android:label="示例" android:debuggable="true"/>
               </manifest>"#,
        )
        .manifest;
        assert_eq!(
            (m.package.as_str(), m.version_code, m.version_name.as_deref()),
            ("a.b", Some(2 << 32 | 7), Some("1.0"))
        );
        assert_eq!((m.min_sdk, m.target_sdk, m.max_sdk), (Some(21), Some(34), None));
        assert_eq!(m.declared_permissions, [DeclaredPermission { name: "a.b.P".into(), protection: Some(2) }]);
        assert_eq!(m.features, [Feature { name: Some("android.hardware.camera".into()), required: false }]);
        assert_eq!(m.application_class.as_deref(), Some("a.b.App"));
        assert_eq!((m.label, m.debuggable), (Some(Value::Text("示例".into())), true));
    }

    #[test]
    fn duplicates_keep_their_place_and_the_wider_range() {
        let m = read(
            r#"<manifest package="a"><uses-permission android:name="P" android:maxSdkVersion="18"/>
                 <uses-permission android:name="Q" android:maxSdkVersion="28"/><uses-permission-sdk-23 android:name="R"/>
                 <uses-permission android:name="P"/><uses-permission android:name="Q" android:maxSdkVersion="20"/>
                 <uses-permission-sdk-m android:name="S"/></manifest>"#,
        )
        .manifest;
        assert_eq!(names(&m), [("P", None), ("Q", Some(28)), ("R", None), ("S", None)]);
        assert_eq!(m.permissions[2].source, PermissionSource::UsesPermissionSdk23);
        assert_eq!(m.permissions[0].source, PermissionSource::UsesPermission);
    }

    #[test]
    fn what_stands_elsewhere_is_ignored_and_told() {
        let read = read(
            r#"<manifest package="a"><application><uses-permission android:name="IN_APP"/>
                 <activity android:name=".A"><uses-permission android:name="IN_ACTIVITY"/></activity></application>
                 <uses-feature android:name="f"><uses-permission android:name="IN_FEATURE"/></uses-feature>
                 <uses-permission android:name="@0x7f010000"/><uses-permission android:name="OK"/></manifest>"#,
        );
        assert_eq!(names(&read.manifest), [("IN_FEATURE", None), ("OK", None)]);
        assert_eq!(read.deviations.len(), 2, "{:?}", read.deviations);
        assert!(read.deviations[0].contains("IN_APP"));
    }

    #[test]
    fn components() {
        let m = read(
            r#"<manifest package="a.b"><application android:permission="GUARD">
                 <service android:name="S" android:permission="BIND" android:exported="true" android:process=":p">
                   <intent-filter><action android:name="x"/><action android:name="y"/><action android:name="x"/></intent-filter>
                   <meta-data android:name="k" android:value="12"/></service>
                 <provider android:name="c.d.P" android:authorities="a.b.one;a.b.two"/>
                 <activity-alias android:name=".L" android:targetActivity=".T"/>
                 <meta-data android:name="r" android:resource="@0x7f020001"/><meta-data android:name="t" android:value="true"/>
               </application></manifest>"#,
        )
        .manifest;
        let [s, p, l] = &m.components[..] else { panic!("{:?}", m.components) };
        assert_eq!(
            (s.kind, s.class.as_str(), s.permission.as_deref()),
            (ComponentKind::Service, "a.b.S", Some("BIND"))
        );
        assert_eq!(
            (s.exported, s.process.as_deref(), &s.actions[..]),
            (Some(true), Some(":p"), &["x".to_owned(), "y".into()][..])
        );
        assert_eq!((p.class.as_str(), p.permission.as_deref()), ("c.d.P", Some("GUARD")));
        assert_eq!(p.authorities, ["a.b.one", "a.b.two"]);
        assert_eq!((l.class.as_str(), l.target.as_deref()), ("a.b.L", Some("a.b.T")));
        let meta: Vec<_> = m.meta_data.iter().map(|d| (d.key.as_str(), d.value.clone(), d.owner.as_deref())).collect();
        assert_eq!(meta[0], ("k", Some(Value::Text("12".into())), Some("a.b.S")));
        assert_eq!(meta[1], ("r", Some(Value::Reference(0x7f02_0001)), None));
        assert_eq!(meta[2], ("t", Some(Value::Text("true".into())), None));
    }

    #[test]
    fn queries() {
        let m = read(
            r#"<manifest package="a"><queries><package android:name="com.tencent.mm"/>
                 <intent><action android:name="android.intent.action.VIEW"/></intent>
                 <provider android:authorities="p;q"/></queries></manifest>"#,
        )
        .manifest;
        assert_eq!(m.queries.packages, ["com.tencent.mm"]);
        assert_eq!(m.queries.actions, ["android.intent.action.VIEW"]);
        assert_eq!(m.queries.providers, ["p", "q"]);
        assert!(m.components.is_empty());
    }
}
