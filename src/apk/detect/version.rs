//! The version of an SDK, where the package states it.

use regex::Regex;

use super::Seen;
use crate::apk::code::{ClassAt, class_trace};
use crate::apk::dex::{Code, decode};
use crate::apk::{SdkVersion, Trace, Value};
use crate::catalogue::{VersionMark, VersionPlace};

const MANIFEST: &str = "AndroidManifest.xml";
/// No version is longer; what is, is something else.
const MAX_LEN: usize = 40;
/// A method that states a version holds a few constants.
const MAX_TEXTS: usize = 16;

/// What the first mark that is there says.
pub(super) fn find(marks: &[VersionMark], seen: &Seen<'_>) -> Option<SdkVersion> {
    marks.iter().find_map(|mark| {
        let mut stated: Vec<SdkVersion> = texts(mark, seen)
            .into_iter()
            .filter_map(|trace| Some(SdkVersion { text: version(mark, &trace.value)?, trace }))
            .collect();
        stated.dedup_by(|a, b| a.text == b.text);
        // Two different answers are none.
        if stated.len() == 1 { stated.pop() } else { None }
    })
}

/// Every text that stands at the place, with where.
fn texts(mark: &VersionMark, seen: &Seen<'_>) -> Vec<Trace> {
    match mark.place {
        VersionPlace::Field | VersionPlace::Method => member(mark, seen).unwrap_or_default(),
        VersionPlace::MetaData => {
            let entries = seen.manifest.meta_data.iter().filter(|m| m.key == mark.at);
            entries
                .filter_map(|m| match &m.value {
                    Some(Value::Text(text)) => Some(Trace { class: m.owner.clone(), ..Trace::entry(MANIFEST, text) }),
                    _ => None,
                })
                .collect()
        }
        VersionPlace::NativeLib => {
            seen.libs.iter().map(|l| Trace { split: l.split.clone(), ..Trace::entry(&l.entry, &l.name) }).collect()
        }
        VersionPlace::File => seen
            .texts
            .iter()
            .filter(|t| t.entry == mark.at)
            .map(|t| Trace {
                split: t.split.map(Into::into),
                ..Trace::entry(t.entry, String::from_utf8_lossy(t.bytes))
            })
            .map(|t| Trace { value: t.value.trim().into(), ..t })
            .collect(),
    }
}

/// The part of a text that is the version: it holds a digit and is short.
fn version(mark: &VersionMark, text: &str) -> Option<String> {
    let pattern = match (mark.place, &mark.pattern) {
        (VersionPlace::NativeLib, _) => Some(format!("^(?:{})$", mark.at)),
        (_, pattern) => pattern.clone(),
    };
    let found = match pattern {
        None => text.trim().to_owned(),
        Some(pattern) => {
            let groups = Regex::new(&pattern).ok()?.captures(text)?;
            groups.iter().skip(1).flatten().map(|g| g.as_str()).collect::<Vec<_>>().join(".")
        }
    };
    let fits = found.len() <= MAX_LEN
        && found.bytes().any(|b| b.is_ascii_digit())
        && found.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_+ ".contains(&b));
    fits.then_some(found)
}

fn member(mark: &VersionMark, seen: &Seen<'_>) -> Option<Vec<Trace>> {
    let (descriptor, name) = mark.at.split_once("->")?;
    let class = descriptor.strip_prefix('L')?.strip_suffix(';')?.replace('/', ".");
    let class = seen.classes.get(seen.classes.partition_point(|c| c.name < class)).filter(|c| c.name == class)?;
    let dex = &seen.dexes[class.dex as usize].dex;
    let definition = dex.class(class.def)?;
    if mark.place == VersionPlace::Field {
        if let Some(text) = definition.static_text(dex, name.as_bytes()) {
            return Some(vec![trace(class, seen, name, decode(text))]);
        }
        return Some(constants(
            class,
            seen,
            "<clinit>",
            |dex, code| code.stored(dex, name.as_bytes(), MAX_TEXTS),
            name,
        ));
    }
    Some(constants(class, seen, name, |_, code| code.returned(MAX_TEXTS), name))
}

/// Constant strings that the methods of this name yield.
fn constants(
    class: &ClassAt,
    seen: &Seen<'_>,
    method: &str,
    of: impl Fn(&crate::apk::dex::Dex<'_>, &Code<'_>) -> Vec<u32>,
    member: &str,
) -> Vec<Trace> {
    let dex = &seen.dexes[class.dex as usize].dex;
    let Some(definition) = dex.class(class.def) else { return Vec::new() };
    let named = |index: u32| dex.method(index).and_then(|(_, n)| dex.string(n)) == Some(method.as_bytes());
    let methods = definition.methods().filter(|m| named(m.index));
    methods
        .filter_map(|m| Code::of(dex, m).ok().flatten())
        .flat_map(|code| of(dex, &code))
        .filter_map(|text| dex.string(text))
        .map(|text| trace(class, seen, member, decode(text)))
        .take(MAX_TEXTS)
        .collect()
}

fn trace(class: &ClassAt, seen: &Seen<'_>, member: &str, value: String) -> Trace {
    Trace { method: Some(member.into()), ..class_trace(class, seen.dexes, value) }
}

#[cfg(test)]
mod tests {
    use crate::apk::code::{Entry, EntryBytes, Input, read};
    use crate::apk::dex::build::{Builder, Insn, text};
    use crate::apk::{Depth, Manifest, MetaData, SdkVersion, Value};
    use crate::catalogue::Catalogue;

    fn version(
        id: &str,
        dex: Builder,
        manifest: &Manifest,
        libs: &[&str],
        files: &[(&str, &str)],
    ) -> Option<SdkVersion> {
        let bytes = dex.bytes();
        let dex = [EntryBytes { split: None, entry: "classes.dex", bytes: &bytes }];
        let entries: Vec<_> = libs.iter().map(|name| Entry { split: None, name, size: 1, compressed: 1 }).collect();
        let texts: Vec<_> =
            files.iter().map(|(entry, text)| EntryBytes { split: None, entry, bytes: text.as_bytes() }).collect();
        let input = Input {
            dex: &dex,
            entries: &entries,
            texts: &texts,
            manifest,
            depth: Depth::Calls,
            parallel: false,
            incomplete: false,
            deadline: None,
        };
        let facts = read(&input, Catalogue::builtin());
        facts.sdks.into_iter().find(|s| s.id == *id).and_then(|s| s.version)
    }

    fn class(name: &str) -> Builder {
        Builder::new().class(name, "java.lang.Object")
    }

    #[test]
    fn a_constant_of_the_class_initialiser() {
        let field = "Lcn/jpush/android/local/JPushConstants;->SDK_VERSION_NAME";
        let code = [text(0, "no version"), text(1, "4.8.1"), Insn::Put(1, field.into())];
        let dex = class("cn.jpush.android.local.JPushConstants").method("<clinit>", &code);
        let found = version("jpush", dex, &Manifest::default(), &[], &[]).unwrap();
        assert_eq!((found.text.as_str(), found.trace.value.as_str()), ("4.8.1", "4.8.1"));
        assert_eq!(found.trace.class.as_deref(), Some("cn.jpush.android.local.JPushConstants"));
    }

    #[test]
    fn what_a_method_returns() {
        let says = |value: &str| [text(1, value), Insn::Raw(vec![0x0111])];
        let pay = |value: &str| class("com.alipay.sdk.app.PayTask").method("getVersion", &says(value));
        let none = Manifest::default();
        assert_eq!(version("alipay", pay("15.6.5"), &none, &[], &[]).unwrap().text, "15.6.5");
        // Words, and two different answers, are no version.
        assert_eq!(version("alipay", pay("unknown"), &none, &[], &[]), None);
        let two = pay("15.6.5").method("getVersion", &says("15.6.6"));
        assert_eq!(version("alipay", two, &none, &[], &[]), None);
        let telecom =
            class("cn.com.chinatelecom.account.api.ClientUtils").method("getSdkVersion", &says("SDK-API-v4.6.0"));
        assert_eq!(version("ctcc-auth", telecom, &none, &[], &[]).unwrap().text, "4.6.0");
    }

    #[test]
    fn keys_libraries_and_files() {
        let none = Manifest::default();
        let key = MetaData { key: "GTSDK_VERSION".into(), value: Some(Value::Text("GT-3.2.1".into())), owner: None };
        let manifest = Manifest { meta_data: vec![key], ..Manifest::default() };
        assert_eq!(version("getui", class("com.igexin.sdk.A"), &manifest, &[], &[]).unwrap().text, "3.2.1");
        let libs = ["lib/arm64-v8a/libjcore332.so", "lib/armeabi/libjcore332.so"];
        let found = version("jiguang-core", class("cn.jiguang.a.A"), &none, &libs, &[]).unwrap();
        assert_eq!((found.text.as_str(), found.trace.entry.as_str()), ("3.3.2", libs[0]));
        let file = [("push_version", "jar-version: MiPush_SDK_Client_3_4_0.jar\n")];
        assert_eq!(version("xiaomi-push", class("com.xiaomi.mipush.A"), &none, &[], &file).unwrap().text, "3.4.0");
    }
}
