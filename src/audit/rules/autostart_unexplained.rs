//! E6: the app starts with the device, or other apps can start its push components, and the policy does not say so.

use super::*;
use crate::apk::{Component, ComponentKind, within};
use crate::audit::case::affirms;
use crate::catalogue::{GenericName, Sdk, SdkCategory, SdkId};
use crate::policy::Subject;

pub(super) static RULE: Rule = Rule {
    id: "autostart-unexplained",
    number: "E6",
    name: Fixed { zh: "自启动未说明", en: "self-start unexplained" },
    help: Fixed {
        zh: "申请了开机广播权限并有接收开机广播的组件，或推送 SDK 的服务、内容提供者可由其他应用启动（对外开放且没有权限保护，\
             同一推送的应用可借此互相唤醒），而政策没有自启动、关联启动、唤醒的说明。手机厂商的系统推送通道、接收其他框架事件的、以权限保护的、不对外开放的组件不报。",
        en: "The boot permission is requested and a receiver listens for it, or other apps can start a service or provider of a push \
             SDK (exported and guarded by no permission, by which apps with the same push wake one another), and the policy does not \
             speak of self-start, linked start or waking. The channels of device vendors, components for events of another framework, guarded ones and those that are not \
             exported are not reported.",
    },
    severity: Severity::Note,
    clauses: &["miit164-2-2"],
    recheck: Fixed {
        zh: "重启真机，观察应用是否自行启动；安装另一个使用同一推送的应用，观察是否互相唤醒。",
        en: "Restart a device and see whether the app starts by itself; install another app with the same push and see whether they wake each other.",
    },
    check,
};

const ACTION: &str = "android.intent.action.BOOT_COMPLETED";

/// From this target on, a component with an intent filter must say itself whether it is exported; before, the filter opens it.
const EXPLICIT: u32 = 31;

fn check(case: &Case<'_>) -> Outcome {
    let mut findings = Vec::new();
    findings.extend(boot(case));
    findings.extend(waking(case));
    if findings.is_empty() {
        return Outcome::NotApplicable(text(
            "未申请开机启动或没有接收组件，也没有可由其他应用启动的推送组件",
            "no boot permission, or no receiver for it, and no push component that other apps can start",
        ));
    }
    let told = case.policy.meta.autostart.is_some()
        || case.policy.statements.iter().any(|s| affirms(s) && matches!(&s.subject, Subject::Capability(c) if *c == "boot"));
    if told { Outcome::Clear } else { missing_from_policy(case, findings) }
}

fn search(case: &Case<'_>) -> Evidence {
    let terms = ["自启动", "关联启动", "开机启动", "唤醒"].map(String::from).to_vec();
    case.search(terms, |s| matches!(s, Subject::Capability(c) if *c == "boot"))
}

/// A receiver that starts the app with the device.
fn boot(case: &Case<'_>) -> Option<Finding> {
    let permission = case.permissions.iter().find(|p| p.capability == "boot")?;
    let mut components = case.apk.manifest.components.iter();
    let receiver = components.find(|c| c.kind == ComponentKind::Receiver && c.actions.iter().any(|a| a == ACTION))?;
    let mut finding = Finding::new(&RULE, "boot", text("自启动", "self-start"), Evidence::Trace(permission.requested.trace.clone()))
        .with([Evidence::Trace(receiver.trace.clone()), search(case)]);
    finding.subjects = vec![permission.requested.name.clone()];
    finding.message = text(
        format!("应用可在开机后由 {} 启动，政策中未见自启动或关联启动的说明。", receiver.class),
        format!("{} can start with the device, and the policy does not speak of self-start.", receiver.class),
    );
    finding.remedy = text("写明自启动、关联启动的场景与目的，或删除该接收组件。", "Say when and why the app starts itself, or remove the receiver.");
    Some(finding)
}

/// Push components that other apps can start.
fn waking(case: &Case<'_>) -> Option<Finding> {
    let channels = vendor_channels(case);
    let found: Vec<(&Component, &Sdk)> =
        case.apk.manifest.components.iter().filter(|c| open(case, c)).filter_map(|c| Some((c, push(case, c)?))).filter(|(_, sdk)| !channels.contains(&sdk.id)).collect();
    let mut traces = found.iter().map(|(c, _)| Evidence::Trace(c.trace.clone()));
    let mut finding = Finding::new(&RULE, "linked-start", text("关联启动", "linked start"), traces.next()?)
        .with(traces.take(5))
        .with([search(case)]);
    finding.subjects = found.iter().map(|(c, _)| c.class.clone()).collect();
    finding.confidence = Confidence::Low;
    let mut sdks: Vec<Text> = Vec::new();
    for (_, sdk) in &found {
        let title = sdk_title(sdk);
        if !sdks.contains(&title) {
            sdks.push(title);
        }
    }
    let (names, classes) = (joined(&sdks), finding.subjects.join("、"));
    finding.message = text(
        format!("{}的组件可由其他应用启动（{classes}），疑似可关联启动，政策中未见自启动或关联启动的说明。", names.zh),
        format!("Other apps can start components of {} ({}): this seems to allow linked start, and the policy does not speak of it.", names.en, finding.subjects.join(", ")),
    );
    finding.remedy = text(
        "写明关联启动的场景与目的，或按该 SDK 的文档关闭互相唤醒、将组件设为不对外开放。",
        "Say when and why apps start one another, or switch it off as the SDK's documentation tells and do not export the components.",
    );
    Some(finding)
}

/// Whether other apps can start a component: a service or provider that is exported and guarded by no permission.
fn open(case: &Case<'_>, component: &Component) -> bool {
    let by_filter = !component.actions.is_empty() && case.apk.manifest.effective_target_sdk() < EXPLICIT;
    matches!(component.kind, ComponentKind::Service | ComponentKind::Provider)
        && component.exported.unwrap_or(by_filter)
        && component.permission.is_none()
        && (component.actions.is_empty() || component.actions.iter().any(|action| akin(action, &component.class)))
}

/// The push SDK of the package that a component belongs to.
fn push<'c>(case: &Case<'c>, component: &Component) -> Option<&'c Sdk> {
    let mut sdks = case.sdks.iter().map(|s| s.sdk).filter(|s| s.category == SdkCategory::Push);
    sdks.find(|s| {
        let signs = &s.signatures;
        signs.components.contains(&component.class) || signs.packages.iter().any(|p| within(&component.class, p))
    })
}

/// Whether an action is of the same vendor as a class: by the first two segments of both. A component for the events of another
/// framework (Firebase) is started by that framework.
fn akin(action: &str, class: &str) -> bool {
    action.split('.').take(2).eq(class.split('.').take(2))
}

/// The push channels of device vendors: the system itself delivers through them. The catalogue knows them as what the names for
/// all of them (厂商推送) cover.
fn vendor_channels(case: &Case<'_>) -> Vec<SdkId> {
    let is_push = |id: &SdkId| case.catalogue.sdk(id.as_str()).is_some_and(|s| s.category == SdkCategory::Push);
    let names = case.catalogue.generic_names().iter();
    // A name for push of any kind covers all of it and tells no channel apart.
    let all = case.catalogue.sdks().iter().filter(|s| s.category == SdkCategory::Push).count();
    let some = |n: &&GenericName| !n.could_cover.is_empty() && n.could_cover.len() < all;
    let covered = names.filter(some).filter(|n| n.could_cover.iter().all(is_push));
    covered.flat_map(|n| n.could_cover.iter().cloned()).collect()
}
