//! The words for every value that reports and explanations print, in both languages: their one home. What the catalogue, the
//! package and the policy call a thing in machine output stays an identifier; people read these.

use super::text::Fixed;
use crate::apk::{Channel, Confidence, Seen};
use crate::catalogue::{
    ClauseStatus, Duty, Grant, Issuer, Protection, SdkCategory, SdkKind, SensitiveUnder, Sensitivity,
};
use crate::policy::{Format, ListKind, Platform, Polarity, Role};

/// A value with words for people.
pub trait Named {
    /// The words for it.
    fn label(self) -> Fixed;
}

macro_rules! named {
    ($($kind:ident { $($value:ident: $zh:literal, $en:literal;)+ })+) => {
        $(impl Named for $kind {
            fn label(self) -> Fixed {
                match self {$(Self::$value => Fixed { zh: $zh, en: $en },)+}
            }
        })+
        #[cfg(test)]
        const ALL: &[Fixed] = &[$($(Fixed { zh: $zh, en: $en },)+)+];
    };
}

named! {
    Protection {
        Normal: "普通级", "normal";
        Dangerous: "危险级（运行时授权）", "dangerous (asked at run time)";
        Signature: "签名级", "signature";
        Internal: "系统内部", "internal";
        Vendor: "厂商或其他应用定义", "defined by a vendor or another app";
        Unknown: "未知", "unknown";
    }
    Grant {
        Install: "安装时授予", "at install";
        Runtime: "运行时弹窗授予", "by a run-time dialog";
        Special: "在系统设置的专门页面授予", "on a settings screen of its own";
        Component: "由系统绑定组件获得", "by a component that only the system binds";
        Vendor: "由设备厂商授予", "by a device vendor";
        NotGrantable: "第三方应用不可得", "not to third-party apps";
        Unknown: "未知", "unknown";
    }
    Duty {
        Required: "必须披露", "must be disclosed";
        Expected: "应当说明", "should be explained";
        Optional: "可以说明", "may be mentioned";
        None: "无须披露", "nothing is asked";
        Ineffective: "声明无效", "the declaration has no effect";
    }
    SdkKind {
        Sdk: "SDK", "SDK";
        Utility: "工具库", "utility library";
        Hardening: "加固产品", "hardening product";
    }
    SdkCategory {
        Ads: "广告", "advertising";
        Analytics: "统计分析", "analytics";
        CloudService: "云服务", "cloud service";
        Content: "内容", "content";
        Crash: "崩溃与性能监测", "crash and performance";
        CustomerService: "客服", "customer service";
        Framework: "应用框架", "framework";
        GameChannel: "游戏渠道", "game channel";
        Hardening: "加固", "hardening";
        ImRtcLive: "即时通信、音视频、直播", "messaging, calls, live video";
        MapsLocation: "地图与定位", "maps and location";
        OcrFace: "文字与人脸识别", "text and face recognition";
        OneKeyLogin: "一键登录", "one-tap login";
        Payment: "支付", "payment";
        Push: "推送", "push";
        Security: "安全与设备指纹", "security and device fingerprinting";
        SocialShareLogin: "社交分享与登录", "social sharing and login";
        Speech: "语音", "speech";
        Utility: "工具库", "utility";
        UtilityService: "工具服务", "utility service";
    }
    ClauseStatus {
        InForce: "现行有效", "in force";
        Recommended: "推荐性标准或指南", "recommended standard or guide";
        Draft: "征求意见稿，仅供前瞻", "draft, outlook only";
    }
    Issuer {
        Cac: "网信", "CAC";
        Cverc: "国家计算机病毒应急处理中心", "CVERC";
        Miit: "工信部", "MIIT";
        Mps: "公安", "MPS";
    }
    Sensitivity {
        None: "本身不敏感", "not sensitive by itself";
        Location: "位置", "location";
        Profile: "行为与偏好", "behaviour and likings";
        Content: "用户内容", "the user's own content";
        Health: "身体状况", "about the body";
        Sensitive: "敏感个人信息", "sensitive personal information";
    }
    SensitiveUnder {
        Gbt45574: "GB/T 45574-2025 附录A", "GB/T 45574-2025 annex A";
        Gbt35273: "GB/T 35273-2020 附录B（旧口径）", "GB/T 35273-2020 annex B (the older reading)";
    }
    Channel {
        Package: "类包", "class package";
        Component: "组件", "component";
        NativeLib: "原生库", "native library";
        MetaData: "元数据", "meta-data";
        Permission: "自定义权限", "custom permission";
        Authority: "内容提供者标识", "provider authority";
        Action: "意图动作", "intent action";
        Asset: "资源文件", "asset";
        String: "常量字符串", "constant string";
    }
    Confidence {
        Low: "低", "low";
        Medium: "中", "medium";
        High: "高", "high";
    }
    Seen {
        None: "未读取", "none";
        Partial: "部分", "partial";
        Full: "完整", "full";
    }
    Format {
        Text: "纯文本", "plain text";
        Html: "网页", "HTML";
        Markdown: "Markdown", "Markdown";
        Docx: "Word 文档", "Word";
        Pdf: "PDF", "PDF";
    }
    Platform {
        Any: "各平台", "every platform";
        Android: "安卓", "Android";
        Ios: "iOS", "iOS";
        Harmony: "鸿蒙", "HarmonyOS";
        Other: "网页、小程序或服务端", "web, mini programs or servers";
    }
    Polarity {
        Affirmed: "说明使用", "affirmed";
        DeniedFull: "完全否认", "denied";
        DeniedPartial: "部分否认", "denied in part";
        DeniedConditional: "有条件否认", "denied on a condition";
    }
    ListKind {
        Sdk: "第三方 SDK 清单", "SDK list";
        Collection: "个人信息收集清单", "collection list";
        Sharing: "第三方共享清单", "sharing list";
        Permission: "权限清单", "permission list";
    }
    Role {
        Body: "正文", "body";
        Preamble: "引言", "preamble";
        Contents: "目录", "contents";
        Definition: "定义", "definitions";
        Collection: "收集与使用", "collection and use";
        PermissionList: "权限清单", "permission list";
        SdkList: "第三方 SDK 清单", "SDK list";
        Cookies: "Cookie", "cookies";
        Sharing: "共享、转让、公开", "sharing";
        Storage: "存储", "storage";
        Security: "安全", "security";
        Rights: "用户权利", "rights";
        Minors: "未成年人", "minors";
        Update: "政策更新", "changes";
        Contact: "联系我们", "contact";
    }
}

#[cfg(test)]
mod tests {
    /// `Cookie`, `iOS` and the like are Chinese words as well; identifiers with a hyphen or an underscore are none.
    #[test]
    fn no_label_is_an_identifier() {
        for label in super::ALL {
            assert!(!label.zh.is_empty() && !label.en.is_empty(), "{label:?}");
            let standard = label.zh.contains("GB/T");
            assert!(standard || !label.zh.contains(['_', '-']), "{label:?}");
        }
    }
}
