//! How sure a recognition is.

use crate::apk::{Channel, Confidence, SdkEvidence};

/// Up to so many classes are a stub: an interface that other code was compiled against, or what shrinking left over.
const STUB: usize = 2;
/// From so many classes on, a package of two segments is more than a look-alike.
const MANY: usize = 10;
/// So many constant strings of its own, at the least, count as a second channel beside many classes.
const STRINGS: usize = 2;

/// High with a key of its own in the manifest, or with two independent channels that each identify the SDK (rules.md F04). A
/// package of two segments (`com.igexin`) covers a vendor's whole namespace: it identifies nothing alone, and is the second
/// of two. So is a mark that the vendor's SDKs share, for the one whose classes are there (`vouched`), be they few: a key in the
/// manifest is set for an SDK that is used. Low when nothing
/// identifies the SDK, or nothing but a stub does.
///
/// Constant strings can come from a list of hosts to block, so they identify nothing alone; several of them beside a package
/// full of classes leave no doubt.
pub(super) fn of(evidence: &[SdkEvidence], vouched: bool) -> Confidence {
    let strong = |channel: Channel| evidence.iter().any(|e| e.strong && e.channel == channel);
    let classes: usize = evidence.iter().filter(|e| e.channel == Channel::Package).map(|e| e.count).sum();
    let others = OTHERS.iter().filter(|c| strong(**c)).count();
    let package = strong(Channel::Package);
    let wide = classes >= MANY && (package || vendor_wide(evidence));
    let strings = evidence.iter().filter(|e| e.strong && e.channel == Channel::String).count();
    if strong(Channel::MetaData)
        || others >= 2
        || others == 1 && classes > 0
        || vouched && (package || classes > STUB)
        || wide && strings >= STRINGS
    {
        return Confidence::High;
    }
    if others == 1 || vouched || package && classes > STUB || wide {
        return Confidence::Medium;
    }
    Confidence::Low
}

/// Channels beside class packages, keys and constant strings.
const OTHERS: &[Channel] =
    &[Channel::Component, Channel::NativeLib, Channel::Permission, Channel::Authority, Channel::Action, Channel::Asset];

/// Whether a mark of this channel, shared by the SDKs of a vendor, says that the vendor is there.
pub(super) fn vouches(channel: Channel) -> bool {
    channel == Channel::MetaData || OTHERS.contains(&channel)
}

/// Whether a package of two segments is among the signs.
fn vendor_wide(evidence: &[SdkEvidence]) -> bool {
    evidence.iter().any(|e| e.channel == Channel::Package && !e.strong && e.value.matches('.').count() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apk::Trace;

    fn of(signs: &[(Channel, &str, usize, bool)]) -> Confidence {
        let evidence: Vec<_> = signs
            .iter()
            .map(|&(channel, value, count, strong)| SdkEvidence {
                channel,
                value: value.into(),
                count,
                strong,
                trace: Trace::entry("classes.dex", value),
            })
            .collect();
        super::of(&evidence, false)
    }

    #[test]
    fn grades() {
        use Channel::*;
        assert_eq!(of(&[(Package, "cn.jpush.android", 300, true)]), Confidence::Medium);
        assert_eq!(of(&[(Package, "cn.jpush.android", 2, true)]), Confidence::Low);
        assert_eq!(of(&[(Package, "com.igexin", 5, false)]), Confidence::Low);
        assert_eq!(of(&[(Package, "com.igexin", 50, false)]), Confidence::Medium);
        assert_eq!(
            of(&[(Package, "cn.jpush.android", 1, true), (NativeLib, "libjcore.so", 1, true)]),
            Confidence::High
        );
        assert_eq!(of(&[(Package, "com.igexin", 5, false), (Component, "com.igexin.S", 1, true)]), Confidence::High);
        assert_eq!(of(&[(Component, "com.igexin.S", 3, true)]), Confidence::Medium);
        assert_eq!(of(&[(MetaData, "JPUSH_APPKEY", 1, true)]), Confidence::High);
        assert_eq!(of(&[(MetaData, "com.baidu.lbsapi.API_KEY", 1, false)]), Confidence::Low);
        let strings = [(String, "host", 1, true), (String, "tag", 1, true)];
        assert_eq!(of(&[(Package, "a.b.c", 90, true), strings[0]]), Confidence::Medium);
        assert_eq!(of(&[(Package, "a.b.c", 90, true), strings[0], strings[1]]), Confidence::High);
        assert_eq!(of(&[(Package, "a.b.c", 9, true), strings[0], strings[1]]), Confidence::Medium);
        assert_eq!(of(&strings), Confidence::Low);
    }
}
