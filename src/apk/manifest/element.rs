//! A start tag as the manifest reader wants it, whether it came from binary XML or from text.

use std::borrow::Cow;

use crate::apk::axml;
use crate::apk::typed::{Resolve, Typed};

macro_rules! attributes {
    ($($name:ident = $id:literal, $text:literal;)+) => {
        /// The attributes the reader asks for, all of the `android` namespace.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Key {
            $($name,)+
        }

        impl Key {
            /// By resource id (`frameworks/base/core/res/res/values/public-final.xml`).
            fn by_id(id: u32) -> Option<Self> {
                match id {
                    $($id => Some(Self::$name),)+
                    _ => None,
                }
            }

            #[cfg(test)]
            pub(crate) fn id(self) -> u32 {
                match self {
                    $(Self::$name => $id,)+
                }
            }

            /// Its local name.
            pub(crate) fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }

            /// By local name.
            pub(crate) fn by_name(name: &str) -> Option<Self> {
                match name {
                    $($text => Some(Self::$name),)+
                    _ => None,
                }
            }
        }
    };
}

attributes! {
    Label = 0x0101_0001, "label";
    Name = 0x0101_0003, "name";
    Permission = 0x0101_0006, "permission";
    ReadPermission = 0x0101_0007, "readPermission";
    WritePermission = 0x0101_0008, "writePermission";
    ProtectionLevel = 0x0101_0009, "protectionLevel";
    SharedUserId = 0x0101_000b, "sharedUserId";
    Debuggable = 0x0101_000f, "debuggable";
    Exported = 0x0101_0010, "exported";
    Process = 0x0101_0011, "process";
    Authorities = 0x0101_0018, "authorities";
    Value = 0x0101_0024, "value";
    Resource = 0x0101_0025, "resource";
    TargetActivity = 0x0101_0202, "targetActivity";
    MinSdkVersion = 0x0101_020c, "minSdkVersion";
    VersionCode = 0x0101_021b, "versionCode";
    VersionName = 0x0101_021c, "versionName";
    TargetSdkVersion = 0x0101_0270, "targetSdkVersion";
    MaxSdkVersion = 0x0101_0271, "maxSdkVersion";
    Required = 0x0101_028e, "required";
    UsesCleartextTraffic = 0x0101_04ec, "usesCleartextTraffic";
    VersionCodeMajor = 0x0101_0576, "versionCodeMajor";
    IsSplitRequired = 0x0101_0591, "isSplitRequired";
}

/// The namespace of the platform's attributes.
const NAMESPACE: &str = "http://schemas.android.com/apk/res/android";

/// A start tag.
#[derive(Debug)]
pub(crate) struct Element<'a> {
    /// Local name.
    pub(crate) name: Cow<'a, str>,
    /// Byte offset, or line of a text manifest.
    pub(crate) place: u32,
    /// Of each key at most one.
    pub(crate) attributes: Vec<(Key, Typed<'a>)>,
    /// Attributes without namespace that the root may carry: `package`, `split`.
    pub(crate) plain: Vec<(Cow<'a, str>, Typed<'a>)>,
    /// Whether attributes stand so that the platform does not find them all.
    pub(crate) out_of_order: bool,
    /// Attributes whose name is not that of their resource id.
    pub(crate) misnamed: u32,
    /// Attributes of the platform's whose namespace is not the platform's.
    pub(crate) misplaced: u32,
}

impl<'a> Element<'a> {
    /// Reads the attributes of a binary element as `AttributeResolution.cpp` (`RetrieveAttributes`) does: it walks them once
    /// beside a sorted list of wanted ids, so one that stands behind a greater id is never found, and names do not matter.
    pub(crate) fn from_binary(element: axml::Element<'a>) -> Self {
        let mut read = Self {
            name: element.name(),
            place: element.offset,
            attributes: Vec::new(),
            plain: Vec::new(),
            out_of_order: false,
            misnamed: 0,
            misplaced: 0,
        };
        let mut greatest = 0;
        for attribute in element.attributes() {
            let Some(id) = attribute.resource_id() else {
                if !attribute.has_namespace() {
                    read.plain.push((attribute.name(), attribute.value()));
                }
                continue;
            };
            let key = Key::by_id(id);
            if let Some(key) = key {
                read.misnamed += u32::from(attribute.name() != key.text());
                read.misplaced += u32::from(attribute.namespace() != NAMESPACE);
            }
            if id > greatest {
                greatest = id;
                read.attributes.extend(key.map(|key| (key, attribute.value())));
            } else if id < greatest && key.is_some() {
                read.out_of_order = true;
            }
        }
        read
    }

    pub(crate) fn get(&self, key: Key) -> Option<&Typed<'a>> {
        self.attributes.iter().find(|(k, _)| *k == key).map(|(_, value)| value)
    }

    /// Text that stands in the manifest itself (`getNonResourceString`).
    pub(crate) fn own_text(&self, key: Key) -> Option<&str> {
        match self.get(key)? {
            Typed::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value, with a reference looked up.
    pub(crate) fn resolved(&self, key: Key, resources: &dyn Resolve) -> Option<Typed<'_>> {
        match self.get(key)? {
            Typed::Reference(id) => resources.resolve(*id),
            value => Some(value.clone()),
        }
    }

    /// Text, own or referred to (`getNonConfigurationString`).
    pub(crate) fn text(&self, key: Key, resources: &dyn Resolve) -> Option<String> {
        match self.resolved(key, resources)? {
            Typed::Text(text) => Some(text.into_owned()),
            _ => None,
        }
    }

    pub(crate) fn int(&self, key: Key, resources: &dyn Resolve) -> Option<u32> {
        self.resolved(key, resources)?.int()
    }

    /// A value typed as number: text does not count, the platform takes it for a code name or passes it over.
    pub(crate) fn number(&self, key: Key, resources: &dyn Resolve) -> Option<u32> {
        self.resolved(key, resources).filter(|v| !matches!(v, Typed::Text(_)))?.int()
    }

    pub(crate) fn bool(&self, key: Key, resources: &dyn Resolve) -> Option<bool> {
        self.resolved(key, resources)?.bool()
    }

    /// A plain attribute's text.
    pub(crate) fn plain(&self, name: &str) -> Option<String> {
        self.plain.iter().find(|(n, _)| n == name).and_then(|(_, value)| value.text())
    }
}
