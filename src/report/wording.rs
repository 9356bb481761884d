//! The labels of reports in both languages. A label that lacks a language does not compile.

use crate::audit::Fixed;

macro_rules! labels {
    ($($name:ident: $zh:literal, $en:literal;)+) => {
        $(pub(super) const $name: Fixed = Fixed { zh: $zh, en: $en };)+
        #[cfg(test)]
        pub(super) const ALL: &[Fixed] = &[$($name),+];
    };
}

labels! {
    REPORT: "应用隐私审计", "App privacy audit";
    PACKAGE_REPORT: "安装包", "Package";
    POLICY_REPORT: "隐私政策", "Privacy policy";
    SUMMARY: "结论计数", "Verdict counts";
    FINDINGS: "发现", "Findings";
    NO_FINDINGS: "在上述覆盖范围内未发现问题（不等于合规）。", "Within the coverage stated, nothing was found (which is not a proof of compliance).";
    PERMISSIONS: "权限清单", "Permissions";
    NO_PERMISSIONS: "未申请任何权限。", "No permission is requested.";
    SDKS: "第三方 SDK 清单", "Third-party SDKs";
    NO_SDKS: "未识别出第三方 SDK。", "No third-party SDK was recognised.";
    UTILITIES: "工具库（无须披露）", "Utility libraries (no disclosure needed)";
    DATA: "个人信息接口", "Personal-information interfaces";
    NO_DATA: "未见取得个人信息的接口调用。", "No call of a personal-information interface was seen.";
    RULES: "规则执行情况", "Rules";
    COVERAGE: "覆盖范围", "Coverage";
    DISCLOSED: "政策披露的权限与个人信息", "Permissions and personal information the policy discloses";
    DISCLOSED_SDKS: "政策披露的 SDK", "SDKs the policy discloses";
    DENIALS: "政策的否认", "Denials";
    NONE_FOUND: "未见。", "None.";
    TOLD_FACTS: "政策自述的其他事项", "What else the policy says";
    FACT: "事项", "Fact";
    CONTACT_MAIL: "联系方式：邮箱", "Contact: mail";
    CONTACT_PHONE: "联系方式：电话", "Contact: phone";
    CONTACT_ADDRESS: "联系方式：地址", "Contact: address";
    CONTACT_ONLINE: "联系方式：在线", "Contact: online";
    RIGHT_ACCESS: "权利：查阅", "Right: access";
    RIGHT_CORRECTION: "权利：更正", "Right: correction";
    RIGHT_DELETION: "权利：删除", "Right: deletion";
    RIGHT_CLOSURE: "权利：注销账号", "Right: closing the account";
    RIGHT_WITHDRAWAL: "权利：撤回同意", "Right: withdrawal";
    RIGHT_COMPLAINT: "权利：投诉", "Right: complaint";
    RIGHT_COPY: "权利：副本", "Right: copy";
    ANSWER_DAYS: "承诺答复时限", "Promised time of answer";
    RETENTION: "保存期限", "Retention";
    STORAGE_PLACE: "存储地点", "Place of storage";
    EXPORT: "出境", "Export";
    NO_EXPORT: "不出境", "No export";
    MINORS: "未成年人条款", "Children";
    SENSITIVE: "敏感个人信息单独说明", "Sensitive information singled out";
    TARGETING: "个性化推送或广告", "Personalised push or advertising";
    TARGETING_OPT_OUT: "关闭个性化", "Switching it off";
    AUTOSTART: "自启动说明", "Self-start";
    COLLECTION_LIST: "收集清单", "Collection list";
    SHARING_LIST: "共享清单", "Sharing list";
    OPEN_ENDED: "未列尽的列举", "Open-ended enumeration";
    STATED_COUNT: "自述数量与所列不一致", "Stated count differs from the list";
    STATED_COUNT_MET: "自述数量与所列一致", "Stated count agrees with the list";
    GLOSS: "权限常量与其说明不一致", "Gloss names something else than its permission";

    BATCH: "批量审计汇总", "Batch summary";
    NO_PACKAGES: "目录下没有安装包。", "No package below the directory.";
    RULES_UNDETERMINED: "无法判定的规则", "Undetermined rules";
    NOT_AUDITED: "未能审计", "Not audited";

    DIFF: "两次审计的差异", "Differences";
    NO_DIFFERENCE: "没有差异。", "No difference.";
    CAME: "新增", "new";
    WENT: "已消除", "gone";
    NO_LONGER_TOLD: "不再能判定", "no longer determinable";
    CHANGED: "变化", "changed";
    COMPONENT_KIND: "SDK", "SDK";
    DATA_KIND: "个人信息", "personal information";
    CHANGE: "变化", "Change";
    BEFORE: "之前", "Before";
    AFTER: "之后", "After";
    WAIVED: "已豁免", "Waived";
    WAIVER_ENDED: "豁免已到期", "Waiver ended";
    NOTHING_NEW: "与基线相比没有新的发现；基线已有的未列出。", "Nothing new since the baseline; what it had is not listed.";
    SINCE_BASELINE: "与基线相比", "Since the baseline";
    IN_BASELINE: "基线已有", "in the baseline";
    KNOWN: "基线已有、本次仍在而不列出", "in the baseline and still there, not listed";
    CORNERS: "四方对照", "Four corners";
    CORNER_PACKAGE: "安装包", "package";
    CORNER_CODE: "其代码可取得", "its code can read";
    CORNER_POLICY: "政策条目", "policy entry";
    CORNER_PUBLISHER: "其公开规则（目录）", "publisher's rules (catalogue)";
    CORNER_RECORD: "平台备案", "platform record";
    PRESENT: "有", "present";
    ABSENT: "未见", "not seen";
    UNKNOWN: "无法判定", "undetermined";
    NO_ITEMS: "未写种类", "no kinds";
    NOT_NAMED: "未列出", "not named";
    BULLETINS: "通报用语", "Bulletin wording";
    SERVICE_TYPE: "服务类型", "Service type";
    GUESSED: "推断", "guessed";

    PUBLISHED: "发布", "published";
    UPDATED: "更新", "updated";
    EFFECTIVE: "生效", "effective";

    ITEM: "项目", "Item";
    VALUE: "内容", "Value";
    FILE: "文件", "File";
    APP: "应用", "App";
    APP_NAME: "应用名称", "App name";
    PACKAGE: "包名", "Package name";
    VERSION: "版本", "Version";
    SDK_LEVELS: "SDK 级别", "SDK levels";
    SHA256: "SHA-256", "SHA-256";
    SIGNER: "签名证书（未验证签名）", "Signer (not verified)";
    FRAMEWORKS: "框架", "Frameworks";
    PACKER: "加固", "Packer";
    CODE: "代码", "Code";
    CLASS_COUNT: "个类", "classes";
    POLICY: "政策", "Policy";
    OPERATOR: "运营者", "Operator";
    DATES: "日期", "Dates";
    EXTERNAL_LIST: "外部清单", "External list";
    KIND: "类别", "Kind";
    COUNT: "数量", "Count";
    SEVERITY: "级别", "Severity";
    RULE: "规则", "Rule";
    SUBJECT: "对象", "Subject";
    MESSAGE: "发现", "Finding";
    IN_PACKAGE: "包内证据", "In the package";
    IN_POLICY: "政策证据", "In the policy";
    CLAUSES: "依据", "Clauses";
    REMEDY: "整改建议", "Remedy";
    RECHECK: "复核方法", "How to re-check";
    CONFIDENCE: "把握", "Confidence";
    PERMISSION: "权限", "Permission";
    CAPABILITY: "能力", "Capability";
    SOURCE: "来源", "Source";
    DUTY: "披露要求", "Duty";
    VERDICT: "结论", "Verdict";
    REASON: "理由", "Reason";
    QUOTE: "政策原文", "Policy quote";
    USED_BY: "使用者", "Used by";
    NAME: "名称", "Name";
    VENDOR: "提供者", "Provider";
    CATEGORY: "类型", "Category";
    SIGNS: "包内特征", "Signs";
    PURPOSE: "目的", "Purpose";
    WHO: "主体", "Who";
    WHAT: "内容", "What";
    LINE: "行", "Line";
    PART: "部分", "Part";
    SEEN: "是否读取", "Seen";
    OUTCOME: "结果", "Outcome";
    LIBRARY: "组件", "Component";
    MANIFEST: "清单", "manifest";
    SEEN_WHOLE: "已读", "read";
    NOT_GIVEN: "政策所指，未提供", "pointed to, not given";
    CLASSES: "代码：类", "code: classes";
    CALLS: "代码：指令", "code: instructions";
    CONTAINER: "包格式", "package format";

    BROUGHT_BY: "引入者", "brought by";
    NOBODY_KNOWN: "未识别的库", "an unknown library";
    FIRST_PARTY: "应用自身", "the app itself";
    GRADE: "证据", "Evidence";
    GRADE_DIRECT: "直接调用", "direct";
    GRADE_CONTEXT: "须有旁证", "needs context";
    GRADE_WEAK: "仅有线索", "signs only";
    SUPPORT_CODE: "系统支持库", "platform support code";
    LOADS_CODE: "可从别处加载代码，所加载的未读取", "may load code from elsewhere, which is not read";
    PARTNER: "合作方（未具名）", "an unnamed partner";
    SEARCHED: "检索未见", "searched, not found";
    READ: "已读", "read";
    NEAR: "最近似", "nearest";
    LINES: "行", "lines";
    PAGES: "页", "pages";
    NOT_COUNTED: "不计", "not counted";
    OUTLOOK: "征求意见稿，仅供前瞻", "draft, outlook only";
    UNVERIFIED: "条号待核", "number to be checked";
    IMPLIED: "系统附加", "implied";
    COMPONENT: "组件", "component";
    SOURCE_MANIFEST: "源码清单：未见代码，也不含各库合并的权限", "source manifest: no code seen, permissions of libraries not merged";
    STATIC_ONLY: "静态审计说明可达性，不证明实际执行；“疑似”“未见”均需结合动态核查与人工复核。", "A static audit shows reach, not deeds; confirm findings at run time and by hand.";
}

/// Why a word in the policy did not count, for people. Identifiers come from the policy reader.
pub fn why(id: &str) -> Fixed {
    match id {
        "definition" => Fixed { zh: "定义", en: "definition" },
        "withdrawal" => Fixed { zh: "撤回或关闭路径", en: "withdrawal path" },
        "contact-channel" => Fixed { zh: "通知或联系方式", en: "contact channel" },
        "server-side" => Fixed { zh: "服务端行为", en: "server side" },
        "own-app" => Fixed { zh: "本应用自身使用情况", en: "own-app usage" },
        "ios-only" | "other-platform" => Fixed { zh: "其他平台", en: "other platform" },
        "contents" => Fixed { zh: "目录", en: "table of contents" },
        "disclosed" => Fixed { zh: "披露", en: "disclosed" },
        "permission-only" => Fixed { zh: "只就权限说明", en: "told of a permission only" },
        "denied" => Fixed { zh: "否认", en: "denied" },
        "weak-word" => Fixed { zh: "一般用语", en: "everyday word" },
        "minors" => Fixed { zh: "未成年人条款", en: "minors" },
        "contact" => Fixed { zh: "联系我们", en: "contact section" },
        "sdk" => Fixed { zh: "第三方", en: "third party" },
        "purpose" => Fixed { zh: "目的", en: "a purpose" },
        "sdk-name" => Fixed { zh: "组件名称", en: "name of a component" },
        "list-name" => Fixed { zh: "清单名称", en: "name of a list" },
        "gloss-mismatch" => {
            Fixed { zh: "说明与权限常量不一致", en: "gloss names something else than its permission" }
        }
        "title" => Fixed { zh: "标题", en: "title" },
        "no-verb" => Fixed { zh: "句中没有收集、使用", en: "nothing is collected or used" },
        "negated" | "denied-list" => Fixed { zh: "否定句", en: "negated" },
        "refusal" => Fixed { zh: "拒绝的后果", en: "what happens on refusal" },
        "user-duty" => Fixed { zh: "用户义务", en: "user's duty" },
        "user-control" => Fixed { zh: "用户自行操作", en: "what the user does" },
        "user-published" => Fixed { zh: "用户自行公开", en: "published by the user" },
        "update" => Fixed { zh: "政策更新", en: "policy updates" },
        "security" => Fixed { zh: "安全措施", en: "security measures" },
        "exception" => Fixed { zh: "法定例外", en: "legal exception" },
        "customer-service" => Fixed { zh: "客服渠道", en: "customer service" },
        "means-of-location" => Fixed { zh: "定位手段", en: "means of location" },
        "other-product" => Fixed { zh: "其他产品", en: "another product" },
        "other-sense" => Fixed { zh: "另一词义", en: "another sense of the word" },
        _ => Fixed { zh: "非披露语境", en: "not a disclosure" },
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_label_exists_in_both_languages() {
        for label in super::ALL {
            assert!(!label.zh.is_empty() && !label.en.is_empty(), "{label:?}");
        }
    }
}
