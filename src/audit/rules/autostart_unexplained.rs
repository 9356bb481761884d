//! E6: the app starts with the device and the policy does not say so.

use super::*;
use crate::apk::ComponentKind;
use crate::audit::case::affirms;
use crate::policy::Subject;

pub(super) static RULE: Rule = Rule {
    id: "autostart-unexplained",
    number: "E6",
    name: Fixed { zh: "自启动未说明", en: "self-start unexplained" },
    help: Fixed {
        zh: "申请了开机广播权限并有接收开机广播的组件，政策没有自启动、关联启动的说明。",
        en: "The boot permission is requested and a receiver listens for it, and the policy does not speak of self-start.",
    },
    severity: Severity::Note,
    clauses: &["miit164-2-2"],
    recheck: Fixed { zh: "重启真机，观察应用是否自行启动。", en: "Restart a device and see whether the app starts by itself." },
    check,
};

const ACTION: &str = "android.intent.action.BOOT_COMPLETED";

fn check(case: &Case<'_>) -> Outcome {
    let permission = case.permissions.iter().find(|p| p.capability == "boot");
    let receiver = case.apk.manifest.components.iter().find(|c| c.kind == ComponentKind::Receiver && c.actions.iter().any(|a| a == ACTION));
    let (Some(permission), Some(receiver)) = (permission, receiver) else {
        return Outcome::NotApplicable(text("未申请开机启动或没有接收组件", "no boot permission, or no receiver for it"));
    };
    let told = case.policy.meta.autostart.is_some()
        || case.policy.statements.iter().any(|s| affirms(s) && matches!(&s.subject, Subject::Capability(c) if *c == "boot"));
    if told {
        return Outcome::Clear;
    }
    let search = case.search(["自启动", "关联启动", "开机启动", "唤醒"].map(String::from).to_vec(), |s| matches!(s, Subject::Capability(c) if *c == "boot"));
    let mut finding = Finding::new(&RULE, "boot", text("自启动", "self-start"), Evidence::Trace(permission.requested.trace.clone()))
        .with([Evidence::Trace(receiver.trace.clone()), search]);
    finding.subjects = vec![permission.requested.name.clone()];
    finding.message = text(
        format!("应用可在开机后由 {} 启动，政策中未见自启动或关联启动的说明。", receiver.class),
        format!("{} can start with the device, and the policy does not speak of self-start.", receiver.class),
    );
    finding.remedy = text("写明自启动、关联启动的场景与目的，或删除该接收组件。", "Say when and why the app starts itself, or remove the receiver.");
    missing_from_policy(case, vec![finding])
}
