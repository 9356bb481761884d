//! Every sample package beside every sample policy. They do not belong together, so most is undisclosed; what must come out
//! follows from the sources of both: the manifests, `sdks.txt` and smali below `sample-apks/sources`, and the texts in `policies`.

use std::collections::BTreeSet;
use std::path::Path;

use privacy_audit::apk::{Apk, ReadOptions};
use privacy_audit::audit::{Audit, Settings};
use privacy_audit::catalogue::Catalogue;
use privacy_audit::policy::Policy;

/// What a package asks for and holds.
struct Package {
    name: &'static str,
    /// Capabilities of its run-time permissions and special access that take effect and must be told.
    needs: &'static str,
    /// Further capabilities it asks for, whose telling is optional or never takes effect; below target 33 the platform adds
    /// notifications.
    also: &'static str,
    /// Capabilities that its own code uses, where a policy denies them.
    uses: &'static str,
    /// SDKs that show themselves in two ways or more.
    sdks: &'static str,
}

const PACKAGES: &[Package] = &[
    Package {
        name: "qingya-xuetang",
        needs: "location camera storage phone-state microphone activity calendar overlay",
        also: "accounts notifications",
        uses: "calendar",
        // Of Adjust there is one class: too weak to accuse. Baidu's location goes with its map, HMS Core with Huawei's push, UTDID
        // with Alipay.
        sdks: "umeng-analytics baidu-map wechat-opensdk alipay qq-connect bugly iflytek huawei-push xiaomi-push tencent-tpns getui sensorsdata",
    },
    Package {
        name: "haiyu-zhongwen",
        needs: "location camera microphone photos storage phone-state overlay calendar",
        also: "notifications",
        uses: "calendar",
        sdks: "wechat-opensdk alipay jpush amap-location sobot talkingdata",
    },
    Package {
        name: "qingshi-langdu",
        needs: "storage microphone camera location contacts",
        also: "notifications",
        uses: "contacts",
        // Qiniu's storage shows nothing but its classes.
        sdks: "umeng-analytics singsound gdt",
    },
    Package {
        name: "shanque-guanniao",
        needs: "location camera microphone photos storage",
        also: "notifications",
        uses: "",
        sdks: "amap-location growingio openinstall sobot",
    },
    Package { name: "zhihe-jishi", needs: "", also: "", uses: "", sdks: "" },
    Package {
        name: "shantu-qingli",
        needs: "storage installed-apps usage-stats install phone-state notification-listener accessibility",
        also: "notifications",
        uses: "",
        // Seen in spite of the packing, outside the dex; Umeng's key alone, which its products share, is too weak to accuse.
        sdks: "pangle getui",
    },
];

/// What a policy says to readers of an Android app.
struct Said {
    files: &'static [&'static str],
    /// Capabilities it tells of, for the app or for an SDK (IMEI as data of an SDK tells of the phone state).
    tells: &'static str,
    /// Capabilities it names as permissions of the Android app.
    names: &'static str,
    denies: &'static str,
    sdks: &'static str,
    /// SDKs it denies to embed.
    no_sdks: &'static str,
    /// Whether it points to an SDK list that is not among the files.
    list_elsewhere: bool,
}

const POLICIES: &[Said] = &[
    Said {
        files: &["qingya-xuetang.txt"],
        // The calendar stands in the withdrawal path only; the list of apps is told of Alipay.
        tells: "location camera photos microphone storage phone-state sms installed-apps",
        names: "location camera microphone storage phone-state sms",
        denies: "",
        sdks: "umeng-analytics iflytek baidu-map wechat-opensdk alipay qq-connect bugly huawei-push xiaomi-push",
        no_sdks: "",
        list_elsewhere: false,
    },
    Said {
        files: &["haiyu-zhongwen.txt"],
        // Notifications and calendar stand in the iOS table; the list of apps in a definition.
        tells: "location camera microphone storage photos phone-state overlay call",
        names: "location camera microphone storage phone-state overlay call",
        denies: "",
        sdks: "alipay wechat-opensdk",
        no_sdks: "",
        list_elsewhere: true,
    },
    Said {
        files: &["haiyu-zhongwen.txt", "haiyu-zhongwen-sdk-list.txt"],
        tells: "location camera microphone storage photos phone-state overlay call installed-apps",
        names: "location camera microphone storage phone-state overlay call",
        denies: "",
        sdks: "alipay wechat-opensdk jpush amap-location sobot",
        no_sdks: "",
        list_elsewhere: false,
    },
    Said {
        files: &["qingshi-langdu.txt"],
        // 传感器 stands above physical activity as well: vague, and no gap. Qiniu's storage is listed too.
        tells: "storage microphone camera photos location phone-state activity",
        names: "storage microphone camera location",
        denies: "contacts sms call-log",
        sdks: "singsound umeng-analytics",
        no_sdks: "gdt pangle",
        list_elsewhere: false,
    },
    Said {
        files: &["shanque-guanniao.txt"],
        tells: "location camera microphone photos storage notifications",
        names: "location camera microphone photos storage notifications",
        denies: "contacts sms call-log calendar",
        sdks: "amap-location growingio openinstall sobot",
        no_sdks: "",
        list_elsewhere: false,
    },
    Said {
        files: &["shantu-qingli.md"],
        tells: "storage photos installed-apps usage-stats notification-listener install",
        // The list of applications is guarded by a permission that users are not asked for.
        names: "storage usage-stats notification-listener install",
        denies: "",
        sdks: "umeng-analytics pangle",
        no_sdks: "",
        list_elsewhere: false,
    },
    Said {
        files: &["zhihe-jishi.html"],
        tells: "",
        names: "",
        denies: "",
        sdks: "",
        // 也没有接入第三方SDK: every one.
        no_sdks: "umeng-analytics baidu-map wechat-opensdk alipay qq-connect bugly iflytek huawei-push xiaomi-push tencent-tpns \
                  getui sensorsdata jpush amap-location sobot talkingdata singsound gdt growingio openinstall pangle",
        list_elsewhere: false,
    },
];

fn set(words: &str) -> BTreeSet<&str> {
    words.split_whitespace().collect()
}

fn expected(package: &Package, said: &Said) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for capability in set(package.needs).difference(&set(said.tells)) {
        let special = ["overlay", "usage-stats", "install", "notification-listener", "accessibility"];
        let rule = if special.contains(capability) { "undisclosed-special-access" } else { "undisclosed-permission" };
        out.insert(format!("{rule} {capability}"));
    }
    for capability in set(package.uses).intersection(&set(said.denies)) {
        out.insert(format!("contradicted-denial {capability}"));
    }
    let asked: BTreeSet<&str> = set(package.needs).union(&set(package.also)).copied().collect();
    for capability in set(said.names).difference(&asked) {
        // Storage and pictures tell of each other.
        let related = ["storage", "photos"];
        if !(related.contains(capability) && related.iter().any(|r| asked.contains(r))) {
            out.insert(format!("disclosed-not-requested {capability}"));
        }
    }
    if !said.list_elsewhere {
        for sdk in set(package.sdks).difference(&set(said.sdks)) {
            out.insert(format!("undisclosed-sdk {sdk}"));
        }
    }
    for sdk in set(package.sdks).intersection(&set(said.no_sdks)) {
        out.insert(format!("contradicted-denial {sdk}"));
    }
    out
}

#[test]
fn every_package_beside_every_policy() {
    const RULES: &[&str] = &[
        "undisclosed-permission",
        "undisclosed-special-access",
        "undisclosed-sdk",
        "contradicted-denial",
        "disclosed-not-requested",
    ];
    let catalogue = Catalogue::builtin();
    let file = |path: String| Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let read = |name: &str| Apk::read(&file(format!("sample-apks/{name}.apk")), catalogue, &ReadOptions::default());
    let packages: Vec<(&Package, Apk)> = PACKAGES.iter().map(|p| (p, read(p.name).unwrap())).collect();
    let settings = Settings::default();
    let mut wrong = Vec::new();
    for said in POLICIES {
        let files: Vec<_> = said.files.iter().map(|f| file(format!("policies/{f}"))).collect();
        let policy = Policy::read(&files, catalogue).unwrap();
        for (package, apk) in &packages {
            let audit = Audit::new(apk, &policy, catalogue, &settings);
            let found: BTreeSet<String> = audit
                .findings()
                .into_iter()
                .filter(|f| RULES.contains(&f.rule.id))
                .map(|f| format!("{} {}", f.rule.id, f.subject))
                .collect();
            let expected = expected(package, said);
            let pair = format!("{} × {}", package.name, said.files.join(" + "));
            wrong.extend(expected.difference(&found).map(|f| format!("{pair}: missing {f}")));
            wrong.extend(found.difference(&expected).map(|f| format!("{pair}: surplus {f}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
