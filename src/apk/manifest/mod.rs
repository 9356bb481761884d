//! AndroidManifest.xml to facts, element by element, as the platform's own parser takes it.
//!
//! Source: AOSP `core/java/com/android/internal/pm/pkg/parsing/ParsingPackageUtils.java` and `…/pkg/component/`.

mod element;
mod implied;
mod protection;

use std::collections::HashMap;

pub(crate) use element::{Element, Key};
pub(crate) use implied::complete;

use super::axml::{self, Document, Event};
use super::typed::{Resolve, Typed};
use super::{
    Component, ComponentKind, DeclaredPermission, Feature, Manifest, MetaData, PermissionSource, RequestedPermission,
    Trace, Value,
};

/// The entry every manifest stands in.
pub(crate) const ENTRY: &str = "AndroidManifest.xml";
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

/// A manifest as read from one APK.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) manifest: Manifest,
    pub(crate) deviations: Vec<String>,
    /// Where a damaged file stopped the reading.
    pub(crate) stopped: Option<usize>,
    /// Label of the first activity that launchers show.
    pub(crate) launcher_label: Option<Value>,
}

/// Decodes a binary manifest.
pub(crate) fn read_binary(bytes: &[u8], split: Option<&str>, resources: &dyn Resolve) -> Result<Read, axml::Error> {
    let document = Document::parse(bytes)?;
    let mut reader = Reader::new(split, resources);
    if let Some(kind) = document.odd_type {
        reader.deviations.push(format!("the manifest claims chunk type {kind:#06x} where binary XML has 0x0003"));
    }
    if document.extra_chunks > 0 {
        reader.deviations.push(format!("the manifest holds {} chunks that mean nothing", document.extra_chunks));
    }
    let mut events = document.events();
    for event in events.by_ref() {
        match event {
            Event::Start(element) => reader.start(&Element::from_binary(element)),
            Event::End => reader.end(),
        }
    }
    let stopped = events.failed;
    if !reader.rooted {
        return Err(stopped.map_or(axml::Error::NoElement, axml::Error::Chunk));
    }
    Ok(Read { stopped, ..reader.finish() })
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
    rooted: bool,
    seen_application: bool,
    application_permission: Option<String>,
    permissions: HashMap<String, usize>,
    launcher_label: Option<Value>,
    label: Option<Value>,
    misplaced: Vec<String>,
    out_of_order: u32,
    deviations: Vec<String>,
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
            deviations: Vec::new(),
        }
    }

    /// For a text manifest: places are lines of this file.
    pub(crate) fn of_text(entry: String, resources: &'r dyn Resolve) -> Self {
        Self { entry, unit: "line", ..Self::new(None, resources) }
    }

    /// The application id read so far.
    pub(crate) fn package(&self) -> &str {
        &self.manifest.package
    }

    pub(crate) fn start(&mut self, element: &Element<'_>) {
        if element.out_of_order {
            self.out_of_order += 1;
        }
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
        m.package = e.plain("package").unwrap_or_default();
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

/// Adds a request. A repeated name is the platform's "quietly ignored" duplicate, except that the wider range of API levels
/// holds: on a level that the first one excludes it never saw the first one.
pub(crate) fn request(
    list: &mut Vec<RequestedPermission>,
    index: &mut HashMap<String, usize>,
    asked: RequestedPermission,
) {
    let Some(&i) = index.get(&asked.name) else {
        index.insert(asked.name.clone(), list.len());
        list.push(asked);
        return;
    };
    let known = &mut list[i];
    let unlimited = |max: Option<u32>| max.unwrap_or(u32::MAX);
    let always = |p: &RequestedPermission| p.source == PermissionSource::UsesPermission;
    if unlimited(asked.max_sdk) > unlimited(known.max_sdk) || always(&asked) && !always(known) {
        known.max_sdk = known.max_sdk.max(asked.max_sdk).filter(|_| known.max_sdk.is_some() && asked.max_sdk.is_some());
        if always(&asked) {
            known.source = asked.source;
        }
        known.trace = asked.trace;
    }
}

fn value(e: &Element<'_>, key: Key) -> Option<Value> {
    match e.get(key)? {
        Typed::Reference(id) => Some(Value::Reference(*id)),
        v => v.text().map(Value::Text),
    }
}
