//! Single sentences and what they deny: a capability and how far, or nothing.

use crate::catalogue::Catalogue;
use crate::policy::Policy;
use crate::policy::model::{Polarity, Subject};

/// What a sentence in the section on collecting denies: `contacts full`.
fn denied(heading: &str, sentence: &str) -> String {
    let text = format!("{heading}\n\n{sentence}\n");
    let policy = Policy::from_bytes(&[("p.txt".to_owned(), text.into_bytes())], Catalogue::builtin()).unwrap();
    let mut denied: Vec<String> = policy
        .statements
        .iter()
        .filter_map(|s| {
            let kind = match s.polarity {
                Polarity::Affirmed => return None,
                Polarity::DeniedFull => "full",
                Polarity::DeniedPartial => "partial",
                Polarity::DeniedConditional => "conditional",
            };
            match &s.subject {
                // Photos belong to storage, and 读取剪贴板 names a permission of the system as well.
                Subject::Capability(c) if *c == "photos" => Some(format!("storage {kind}")),
                Subject::Capability(c) if *c == "system" => None,
                Subject::Capability(c) => Some(format!("{c} {kind}")),
                Subject::Data(_) => None,
            }
        })
        .collect();
    denied.sort();
    denied.dedup();
    denied.join(", ")
}

fn check(heading: &str, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|&(sentence, expected)| {
            let found = denied(heading, sentence);
            (found != expected).then(|| format!("{sentence}\n    expected [{expected}], read [{found}]"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

const ZH: &str = "示例笔记是一款笔记应用，本政策说明我们如何处理您的个人信息。\n\n一、我们如何收集和使用您的个人信息";
const EN: &str = "Example Notes is an app for notes.\n\nInformation We Collect";

#[test]
fn not_at_all() {
    check(
        ZH,
        &[
            ("本应用不会读取您的短信。", "sms full"),
            ("本应用不追踪也不获取您的位置。", "location full"),
            ("我们不索取通讯录权限，不查看您的短信。", "contacts full, sms full"),
            ("我们从不收集您的通话记录和通讯录。", "call-log full, contacts full"),
            ("本软件无需任何位置权限，也不会获取您的位置信息。", "location full"),
            ("摄像头我们用不到，因此从未申请过该权限。", "camera full"),
            ("应用列表不在我们的收集范围之内。", "installed-apps full"),
            ("我们没有申请麦克风权限。", "microphone full"),
            ("通讯录、日历、短信这三样，本App一概不碰。", "calendar full, contacts full, sms full"),
            ("您的剪贴板内容不会被我们读取。", "clipboard full"),
            ("本产品不具备录音功能，不会采集您的声音。", "microphone full"),
            ("无论您是否授权，我们都不会扫描您手机里安装的应用列表。", "installed-apps full"),
            ("我们不需要也不会访问您的相册。", "storage full"),
            ("为保护隐私，我们已移除读取通话记录的功能。", "call-log full"),
            ("人脸信息我们既不采集也不存储。", "biometrics full"),
            ("我们承诺：绝不监听您的麦克风。", "microphone full"),
            ("目前版本未使用蓝牙功能，亦未申请相关权限。", "bluetooth full"),
            ("本应用不收集IMEI、IMSI等设备识别码。", "phone-state full"),
            ("我们不会通过蓝牙扫描您附近的设备。", "bluetooth full"),
            ("日历权限与我们无缘，本应用从来没有用过。", "calendar full"),
            ("本应用的任何功能都用不着您的通讯录，我们不会去看它。", "contacts full"),
            ("我们不会获取或保存您的日历信息。", "calendar full"),
            ("我们不读取您的位置、日历或其他个人资料。", "calendar full, location full"),
            ("而短信，通话记录等内容我们不会读取和上传。", "call-log full, sms full"),
            ("摄像头：本软件不会使用您的摄像头。", "camera full"),
            ("本应用不会读取您的短信，也不会读取其他软件的内容。", "sms full"),
        ],
    );
}

#[test]
fn some_of_it() {
    check(
        ZH,
        &[
            ("指纹信息仅保存在您的手机中，我们不会收集您的指纹原始图像。", "biometrics partial"),
            // Of the whole only a part is left alone.
            ("我们不分析和收集照片的脸部数据。", "biometrics full, storage partial"),
            ("我们不会读取照片中的位置信息。", "location full, storage partial"),
            ("我们只读取您主动选择的那一位联系人，不会上传整个通讯录。", "contacts partial"),
            ("除您选中的照片外，我们不会读取相册中的其他内容。", "storage partial"),
            ("语音识别在本机完成，录音不会上传到服务器。", "microphone partial"),
            ("我们不会在后台获取您的位置。", "location partial"),
            ("位置信息仅用于本次搜索，用完即弃，不会保存。", "location partial"),
            ("我们不会获取您的精确位置。", "location partial"),
            ("我们仅收集城市级别的位置，不收集经纬度。", "location partial"),
            ("应用列表只上传经过哈希处理的结果，不上传应用名称。", "installed-apps partial"),
            ("人脸比对由系统完成，我们只接收是否通过的结果，拿不到您的面部图像。", "biometrics partial"),
            ("剪贴板内容只在本地匹配口令，不会回传。", "clipboard partial"),
            ("自动填写验证码时，我们只识别验证码短信，其余短信一律不读。", "sms partial"),
            ("我们不会将您的通讯录上传至服务器。", "contacts partial"),
            ("您的照片不会离开您的手机。", "storage partial"),
            ("步数数据不会同步到云端。", "activity partial"),
            ("我们不存储您的语音。", "microphone partial"),
            ("应用退到后台后，我们即停止获取您的位置，不会继续定位。", "location partial"),
            ("我们不会持续追踪您的位置，仅在您打开地图时定位一次。", "location partial"),
            ("我们不收集您除电话号码以外的通讯录信息。", "contacts partial"),
            ("我们不会读取您的全部短信。", "sms partial"),
            ("摄像头画面仅用于识别二维码，不会保存为照片。", "camera partial"),
            ("所录语音转成文字后立即删除，我们不保留录音文件。", "microphone partial"),
            ("我们读取应用列表时只取包名，不读取应用内的数据。", "installed-apps partial"),
            ("通讯录的匹配在您的设备上进行，我们的服务器不接触通讯录原文。", "contacts partial"),
            ("传感器数据只在内存中短暂停留，不写入磁盘。", "body-sensors partial"),
        ],
    );
}

#[test]
fn on_a_condition() {
    check(
        ZH,
        &[
            ("我们不会擅自打开您的摄像头。", "camera conditional"),
            ("本应用绝不会私自读取您的短信。", "sms conditional"),
            ("未经您同意，我们不会读取您的通讯录。", "contacts conditional"),
            ("如果您不使用语音搜索，我们不会启用麦克风。", "microphone conditional"),
            ("在您点击同意之前，我们不会收集IMEI。", "phone-state conditional"),
            ("只有当您打开“附近的人”时，我们才会获取位置，否则不会获取。", "location conditional"),
            ("除非您主动开启，我们不会访问您的日历。", "calendar conditional"),
            ("如您关闭定位权限，我们不会收集您的位置。", "location conditional"),
            ("未实名的用户，我们不会要求刷脸。", "biometrics conditional"),
            ("没有登录时我们不会读取通讯录。", "contacts conditional"),
            ("不连接手环就不会用到蓝牙。", "bluetooth conditional"),
            ("若拒绝授权，我们便不会获取您的位置，您可手动选择城市。", "location conditional"),
            ("访客模式下，我们不会采集设备识别码。", "phone-state conditional"),
            ("我们不会在未征得您授权的情况下调用摄像头。", "camera conditional"),
            ("如您选择手动输入收件人，则不会读取通讯录。", "contacts conditional"),
            ("仅在您绑定设备时我们才申请蓝牙权限，其他时候不申请。", "bluetooth conditional"),
            (
                "首次启动时，在您阅读并同意本政策前，我们不会收集您的设备识别码、应用列表。",
                "installed-apps conditional, phone-state conditional",
            ),
            ("我们不会主动获取您的位置，除非您使用打卡功能。", "location conditional"),
            ("不开通该服务的用户，我们不会读取其短信。", "sms conditional"),
            ("该功能默认关闭，在您手动打开之前我们不会读取剪贴板。", "clipboard conditional"),
            ("游客无需登录，我们也不会向游客收集位置信息。", "location conditional"),
        ],
    );
}

#[test]
fn no_denial() {
    check(
        ZH,
        &[
            ("我们不会向第三方出售您的通讯录。", ""),
            ("我们不会收集与服务无关的信息。", ""),
            ("您拒绝相机权限不影响您使用其他功能。", ""),
            ("未满14周岁的儿童，我们不会收集其位置信息。", ""),
            ("账号注销后，我们不再收集您的位置信息。", ""),
            ("您关闭定位权限后，我们将不再收集您的位置。", ""),
            ("位置权限默认不开启。", ""),
            ("请不要将短信验证码告诉他人，我们不会向您索要验证码。", ""),
            ("我们不会用通讯录向您的好友发送广告。", ""),
            ("不授权相册权限将无法更换头像。", ""),
            ("您不得使用本应用录制他人的声音。", ""),
            ("我们不对因手机定位不准造成的损失负责。", ""),
            ("我们不会因您拒绝定位而拒绝提供服务。", ""),
            ("短信通知可能不会及时送达。", ""),
            ("我们不仅读取通讯录，还会读取通话记录。", ""),
            ("蓝牙关闭时手环无法同步步数。", ""),
            ("非必要时我们不会调用摄像头。", ""),
            ("取得麦克风、日历权限后，我们也不会在功能不需要时收集您的信息。", ""),
            ("我们不会追踪您浏览互联网的记录。", ""),
            ("我们不会利用人脸信息进行用户画像。", ""),
            ("如您未授权存储权限，图片将不会保存到相册。", ""),
            ("若未获取电话权限，我们无法识别您的设备。", ""),
            ("我们不会把您的位置提供给广告商。", ""),
            ("蓝牙仅用于连接手环，不用于定位。", ""),
            ("没有网络时，地图不会显示您的位置。", ""),
            ("我们收集您的位置，该信息不属于敏感个人信息。", ""),
        ],
    );
}

#[test]
fn in_english() {
    check(
        EN,
        &[
            ("We never access your call log.", "call-log full"),
            ("The app has no access to your contacts.", "contacts full"),
            ("Your clipboard is not read.", "clipboard full"),
            ("Neither your calendar nor your contacts are ever accessed.", "calendar full, contacts full"),
            ("We do not collect your precise location, only the city.", "location partial"),
            ("Voice input is handled on the device and no recording leaves your phone.", "microphone partial"),
            ("Location is not collected in the background.", "location partial"),
            ("We never store your fingerprint; Android only tells us whether it matched.", "biometrics partial"),
            ("We won't read any text messages other than the verification code.", "sms partial"),
            ("Your address book stays on your phone.", "contacts partial"),
            ("Unless you turn on backup, your photos are not uploaded.", "storage conditional"),
            ("Until you agree to this policy, we do not read the IMEI.", "phone-state conditional"),
            ("If you don't use the scanner, we don't open the camera.", "camera conditional"),
            ("We do not read your contacts without your permission.", "contacts conditional"),
            ("We do not share your contacts with advertisers.", ""),
            ("We don't use your calendar to show you ads.", ""),
            ("Without the camera permission you cannot scan codes.", ""),
            ("We do not knowingly collect the location of children under 13.", ""),
            ("Denying access to the microphone does not affect other features.", ""),
        ],
    );
}

#[test]
fn only_then_without_a_negation() {
    check(
        ZH,
        &[
            ("相机仅在扫码界面打开。", "camera conditional"),
            ("麦克风只在您按住说话时启用。", "microphone conditional"),
            ("我们仅在您使用扫码功能时调用您的相机。", "camera conditional"),
            // A purpose, a default, what is needed, consent: no denial of a use.
            ("位置信息仅用于推荐附近门店，不会用于其他用途。", ""),
            ("位置权限默认关闭。", ""),
            ("我们仅在必要时访问您的相册。", ""),
            ("我们只会在征得您同意的情况下收集您的位置信息。", ""),
        ],
    );
}

#[test]
fn what_a_component_does_not_do_is_its_denial() {
    use crate::catalogue::Catalogue;
    use crate::policy::{Party, Polarity, Policy};
    // Who denies what, of all that the text denies.
    let denied = |text: &str| -> Vec<String> {
        let text = format!("示例应用隐私政策\n\n一、我们如何收集和使用您的个人信息\n\n{text}\n");
        let policy = Policy::from_bytes(&[("p.txt".to_owned(), text.into_bytes())], Catalogue::builtin()).unwrap();
        let mut who: Vec<String> = policy
            .statements
            .iter()
            .filter(|s| s.polarity != Polarity::Affirmed)
            .map(|s| match s.party {
                Party::Sdk(index) => policy.sdks[index].name.clone(),
                _ => "app".to_owned(),
            })
            .collect();
        who.sort();
        who.dedup();
        who
    };
    for (text, who) in [
        ("我们接入了友盟SDK，会收集IMEI。友盟SDK不会收集您的位置信息。", vec!["友盟SDK"]),
        ("我们接入了友盟SDK，会收集IMEI。该SDK不会读取您的通讯录。", vec!["友盟SDK"]),
        ("我们接入了极光推送SDK，收集OAID，该SDK不会收集您的通话记录。", vec!["极光推送SDK"]),
        ("我们接入的第三方SDK（友盟SDK、极光SDK）均不会读取您的通讯录。", vec!["友盟SDK", "极光SDK"]),
        ("我们接入了友盟SDK，会收集IMEI。我们不会读取您的通讯录。", vec!["app"]),
        ("我们不会通过友盟SDK收集您的位置信息。", vec!["app"]),
        ("我们接入了友盟SDK。\n\n本应用不会读取您的通讯录。", vec!["app"]),
        (
            "我们接入了友盟SDK，会收集IMEI。\n\n我们接入了极光SDK，会收集OAID。该SDK不会读取您的通讯录。",
            vec!["极光SDK"],
        ),
    ] {
        assert_eq!(denied(text), who, "{text}");
    }
}
