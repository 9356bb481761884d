//! What the comparison says of one permission, SDK or data item, and why.

use serde::Serialize;

use super::text::Fixed;

/// The outcome for one subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The policy tells the user.
    Disclosed,
    /// Only an umbrella word, a family name or somebody else's use is told.
    Vague,
    /// The policy was searched and says nothing.
    Undisclosed,
    /// The policy says no.
    Denied,
    /// Told only for another platform.
    OtherPlatform,
    /// No duty to tell.
    Exempt,
    /// What is needed to decide could not be seen.
    Undetermined,
}

impl Verdict {
    /// All verdicts, in the order reports count them.
    pub const ALL: [Self; 7] = [
        Self::Undisclosed,
        Self::Denied,
        Self::OtherPlatform,
        Self::Vague,
        Self::Undetermined,
        Self::Disclosed,
        Self::Exempt,
    ];

    /// The identifier used in machine output.
    pub fn id(self) -> &'static str {
        match self {
            Self::Disclosed => "disclosed",
            Self::Vague => "vague",
            Self::Undisclosed => "undisclosed",
            Self::Denied => "denied",
            Self::OtherPlatform => "other_platform",
            Self::Exempt => "exempt",
            Self::Undetermined => "undetermined",
        }
    }

    /// The word for it in reports.
    pub fn label(self) -> Fixed {
        match self {
            Self::Disclosed => Fixed { zh: "已披露", en: "disclosed" },
            Self::Vague => Fixed { zh: "概括披露", en: "vague" },
            Self::Undisclosed => Fixed { zh: "未见披露", en: "undisclosed" },
            Self::Denied => Fixed { zh: "政策否认", en: "denied" },
            Self::OtherPlatform => Fixed { zh: "仅其他平台", en: "other platform" },
            Self::Exempt => Fixed { zh: "无须披露", en: "exempt" },
            Self::Undetermined => Fixed { zh: "无法判定", en: "undetermined" },
        }
    }
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $zh:literal, $en:literal;)+) => {
        /// Why a verdict is what it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason {$($(#[$doc])* $name,)+}

        impl Reason {
            /// The identifier used in machine output.
            pub fn id(self) -> &'static str {
                match self {$(Self::$name => $id,)+}
            }
            /// The words for it in reports.
            pub fn label(self) -> Fixed {
                match self {$(Self::$name => Fixed { zh: $zh, en: $en },)+}
            }
        }
    };
}

reasons! {
    /// The policy names the permission or capability.
    Named = "named", "政策点名", "named in the policy";
    /// The policy names data that only this permission opens.
    DataNamed = "data-named", "政策写明该权限才能取得的信息", "the policy names data that only this permission opens";
    /// Only pictures are spoken of.
    PicturesOnly = "pictures-only", "仅写相册／照片", "only pictures are spoken of";
    /// Only a sibling of the permission group is named.
    GroupNamed = "group-named", "仅写同组权限", "only a sibling of its permission group is named";
    /// Only a wider capability is named.
    WiderNamed = "wider-named", "仅写上位说法", "only a wider capability is named";
    /// Told for an SDK only, while the app's own code uses it.
    SdkOnly = "sdk-only", "仅就第三方 SDK 说明，而应用自身代码也在使用", "told for an SDK only, while the app's own code uses it";
    /// Told for an SDK, and nothing shows that the app itself uses it.
    SdkScoped = "sdk-scoped", "政策就第三方 SDK 说明", "told for an SDK";
    /// Searched for and not found.
    NotFound = "not-found", "检索政策未见", "searched for and not found in the policy";
    /// The policy denies it.
    PolicyDenies = "policy-denies", "政策称不使用", "the policy says it is not used";
    /// Told for iOS, HarmonyOS, web only.
    OtherPlatformOnly = "other-platform-only", "仅就其他平台说明", "told for another platform only";
    /// The rules ask nothing of it.
    NoDuty = "no-duty", "无个人信息，无须披露", "opens no personal information";
    /// The declaration has no effect on any supported system version.
    Ineffective = "ineffective", "声明无效（第三方应用不可得或系统版本已不生效）", "the declaration has no effect for this app";
    /// The app defines it itself.
    OwnPermission = "own-permission", "应用自定义权限", "defined by the app itself";
    /// The platform adds it.
    Implied = "implied", "系统自动附加，清单未申请", "added by the platform, not requested";
    /// The catalogue does not know it.
    UnknownPermission = "unknown-permission", "目录未收录，未判断", "not in the catalogue";
    /// A list the policy points to was not given.
    ExternalListMissing = "external-list-missing", "政策所指外部清单未提供", "a list the policy points to was not given";
    /// A document could not be read.
    PolicyUnread = "policy-unread", "政策有未能读取的部分", "part of the policy could not be read";
    /// No document of the policy holds a word.
    PolicyPictures = "policy-pictures", "政策只有图片，未能读到文字", "the policy is pictures only, no text could be read";
    /// The policy is behind a password.
    PolicyLocked = "policy-locked", "政策文件已加密，未能读到文字", "the policy is locked with a password, no text could be read";
    /// The policy's fonts tell no characters.
    PolicyShapes = "policy-shapes", "政策文件的字体未注明字符，未能读到文字", "the policy's fonts do not say which characters they show, no text could be read";
    /// Code is hidden.
    CodeHidden = "code-hidden", "代码加固或不可读", "code is packed or unreadable";
    /// The package was not looked into that far.
    NotLooked = "not-looked", "未查看代码", "the code was not looked at";
    /// An SDK by product name.
    ProductNamed = "product-named", "政策写明产品名", "named by product";
    /// An SDK by a family name settled by the words beside it.
    FamilySettled = "family-settled", "政策写厂商名，用途可确定产品", "named by vendor, settled by its purpose";
    /// An SDK by a family name only.
    FamilyOnly = "family-only", "政策仅写厂商统称", "named by vendor family only";
    /// An SDK by a class name only.
    ClassOnly = "class-only", "政策仅写类别名称", "named by kind only";
    /// An SDK by company only.
    CompanyOnly = "company-only", "政策仅写公司名", "named by company only";
    /// Covered by the disclosure of another SDK.
    CoveredBy = "covered-by", "随已披露 SDK 说明", "covered by a disclosed SDK";
    /// Brought along by another SDK.
    Bundled = "bundled", "由其他 SDK 捆绑带入", "brought along by another SDK";
    /// A utility library.
    Utility = "utility", "工具库，无须披露", "a utility library";
    /// The operator's own SDK.
    OwnSdk = "own-sdk", "运营者自有组件", "the operator's own component";
    /// Only weak signs of an SDK.
    WeakSigns = "weak-signs", "特征不足，不作认定", "signs too weak to rely on";
    /// Data named by an umbrella word only.
    UmbrellaOnly = "umbrella-only", "仅写概括用语", "named by an umbrella word only";
    /// Only indirect evidence of collection.
    NoDirectUse = "no-direct-use", "仅见间接迹象", "only indirect signs of use";
    /// The permission the call needs is not asked for.
    NoPermission = "no-permission", "未申请所需权限，调用取不到数据", "the permission the call needs is not asked for";
    /// The platform keeps it from apps on every supported version.
    Closed = "closed", "所支持的系统版本上普通应用均不可得", "kept from ordinary apps on every supported version";
    /// Only SDK code collects it.
    SdkCode = "sdk-code", "仅 SDK 代码使用", "used by SDK code only";
}
