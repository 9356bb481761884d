//! Ways in which policies introduce SDKs: made-up sentences, one mechanism each.

use crate::catalogue::Catalogue;
use crate::policy::Policy;

/// The entries of a text: `name` or `name=company`, in order.
fn entries(text: &str) -> Vec<String> {
    let named = |s: &crate::policy::SdkEntry| match &s.company {
        Some(company) => format!("{}={company}", s.name),
        None => s.name.clone(),
    };
    policy(text).sdks.iter().map(named).collect()
}

fn policy(text: &str) -> Policy {
    let text = format!("示例应用是一款记录日常事项的软件，本政策说明我们如何收集和使用您的个人信息。\n{text}\n");
    Policy::from_bytes(&[("p.txt".to_owned(), text.into_bytes())], Catalogue::builtin()).unwrap()
}

/// The data of each entry, in order.
fn data(text: &str) -> Vec<String> {
    let of = |s: &crate::policy::SdkEntry| {
        let data: Vec<String> = s.data.iter().map(ToString::to_string).collect();
        format!("{}: {}", s.name, data.join(" "))
    };
    policy(text).sdks.iter().map(of).collect()
}

#[test]
fn names_are_found_however_they_are_introduced() {
    for (text, expected) in [
        ("本应用的地图服务由高德软件有限公司提供的高德地图SDK实现。", "高德地图SDK=高德软件有限公司"),
        ("为了统计崩溃，我们接入了Bugly和友盟统计，它们会收集设备型号、IMEI。", "Bugly;友盟统计"),
        ("客服功能采用了智齿客服组件，会获取您的IP地址。", "智齿客服组件"),
        (
            "App内集成有极光推送模块，由深圳市和讯华谷信息技术有限公司提供。",
            "极光推送模块=深圳市和讯华谷信息技术有限公司",
        ),
        (
            "第三方组件说明\n（一）个推：由每日互动股份有限公司提供，用于消息推送，收集OAID、Android ID。\n（二）声网：由上海兆言网络科技有限公司提供，用于语音连麦，收集录音。",
            "个推=每日互动股份有限公司;声网=上海兆言网络科技有限公司",
        ),
        ("第三方SDK列表\n1. 用于崩溃分析的腾讯Bugly SDK\n2. 用于消息推送的个推SDK", "腾讯Bugly SDK;个推SDK"),
        (
            "使用的第三方SDK如下：\n- 友盟统计 / 友盟同欣（北京）科技有限公司 / 统计分析 / IMEI、MAC地址\n- 高德定位 / 高德软件有限公司 / 定位 / 位置信息",
            "友盟统计=友盟同欣（北京）科技有限公司;高德定位=高德软件有限公司",
        ),
        (
            "星河记账内嵌的支付功能包来自支付宝（中国）网络技术有限公司的支付宝支付。",
            "支付宝支付=支付宝（中国）网络技术有限公司",
        ),
        ("语音评测引擎由苏州驰声信息科技有限公司提供，您朗读的录音会被上传评分。", "驰声=苏州驰声信息科技有限公司"),
        (
            "根据手机品牌，本应用会分别启用华为、小米、OPPO、vivo的推送SDK向您发送消息。",
            "华为推送SDK;小米推送SDK;OPPO推送SDK;vivo推送SDK",
        ),
        (
            "我们用到的第三方插件：\n插件：百度OCR\n东家：北京百度网讯科技有限公司\n拿走什么：身份证照片\n\n插件：融云\n东家：北京云中融信网络科技有限公司\n拿走什么：网络类型、设备型号",
            "百度OCR=北京百度网讯科技有限公司;融云=北京云中融信网络科技有限公司",
        ),
        ("本软件借助Unity引擎开发，Unity会收集设备型号和系统版本。", "Unity引擎"),
        (
            "其中，人脸核验能力来自腾讯云慧眼SDK（提供方：腾讯云计算（北京）有限责任公司）。",
            "腾讯云慧眼SDK=腾讯云计算（北京）有限责任公司",
        ),
        ("集成的第三方代码包：友盟+、Bugly、OkHttp、Glide。", "友盟+;Bugly;OkHttp;Glide"),
        (
            "嵌入的SDK有：①极光推送（深圳市和讯华谷信息技术有限公司）；②腾讯X5（深圳市腾讯计算机系统有限公司）；③微信支付（财付通支付科技有限公司）。",
            "极光推送=深圳市和讯华谷信息技术有限公司;腾讯X5=深圳市腾讯计算机系统有限公司;微信支付=财付通支付科技有限公司",
        ),
        (
            "SDK名称：HMS Core 推送服务；公司名称：华为软件技术有限公司；使用目的：推送；收集信息：AAID。",
            "HMS Core 推送服务=华为软件技术有限公司",
        ),
        (
            "运营方：北京数美时代科技有限公司\n第三方SDK名称：数美天网\n收集信息：IMEI、Android ID",
            "数美天网=北京数美时代科技有限公司",
        ),
        ("热更新使用腾讯Tinker框架；崩溃上报使用腾讯Bugly。", "腾讯Bugly"),
        ("为向您提供地图展示服务，我们会使用百度地图SDK。该SDK会收集您的位置信息、IMEI。", "百度地图SDK"),
        (
            "附表一 第三方SDK目录\n序号 1\n名称 网易云信IM SDK\n提供方 杭州网易质云科技有限公司\n用途 即时通讯\n信息 IP地址、设备型号",
            "网易云信IM SDK=杭州网易质云科技有限公司",
        ),
        (
            "第三方SDK：阿里云推送（阿里云计算有限公司），用途为消息推送，收集的个人信息为设备型号、OAID；ShareSDK（广州掌淘网络科技有限公司），用途为分享，收集的个人信息为MAC地址。",
            "阿里云推送=阿里云计算有限公司;ShareSDK=广州掌淘网络科技有限公司",
        ),
        ("数据埋点用的是GrowingIO，日志上报走的是阿里云日志服务SDK。", "GrowingIO;阿里云日志服务SDK"),
        (
            "第三方服务商名单\n\n| 服务商 | 干什么 | 会拿走什么 |\n|---|---|---|\n| 个推 | 推送 | OAID、Android ID |\n| 极光统计 | 统计 | 同上 |\n\n以上插件均打包在App内。",
            "个推;极光统计",
        ),
        ("我们在App中植入了字节跳动的穿山甲广告插件，它会读取OAID、IMEI、位置信息。", "穿山甲广告插件"),
    ] {
        assert_eq!(entries(text), expected.split(';').collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn names_are_found_in_lists_and_prose_of_other_kinds() {
    for (text, expected) in [
        (
            "我们与以下第三方合作，由其以插件形式为您提供服务：百度地图（北京百度网讯科技有限公司，定位导航）、腾讯云即时通信（深圳市腾讯计算机系统有限公司，聊天）。",
            "百度地图=北京百度网讯科技有限公司;腾讯云即时通信=深圳市腾讯计算机系统有限公司",
        ),
        (
            "App中包含的第三方SDK有三个：一是友盟统计SDK，二是极光推送SDK，三是支付宝支付SDK。",
            "友盟统计SDK;极光推送SDK;支付宝支付SDK",
        ),
        (
            "四、第三方SDK\n\n腾讯Bugly\n\n用途：崩溃日志收集\n\n收集信息：设备型号、系统版本\n\n极光推送\n\n用途：消息推送\n\n收集信息：OAID、Android ID",
            "腾讯Bugly;极光推送",
        ),
        (
            "我们的产品集成友盟+SDK，友盟+SDK需要收集您的设备Mac地址、唯一设备识别码（IMEI/android ID/IDFA/OPENUDID/GUID、SIM卡IMSI信息）以提供统计分析服务。",
            "友盟+SDK",
        ),
        (
            "推送服务：极光推送；统计服务：友盟统计；地图服务：高德地图。以上均以SDK方式接入。",
            "极光推送;友盟统计;高德地图",
        ),
        (
            "为实现一键登录，我们接入了中国移动、中国联通、中国电信三家运营商的认证SDK。",
            "中国移动认证SDK;中国联通认证SDK;中国电信认证SDK",
        ),
        (
            "（1）第三方SDK名称：微信开放平台SDK；提供方：深圳市腾讯计算机系统有限公司；收集信息：设备型号。（2）第三方SDK名称：QQ互联SDK；提供方：深圳市腾讯计算机系统有限公司；收集信息：设备型号。",
            "微信开放平台SDK=深圳市腾讯计算机系统有限公司;QQ互联SDK=深圳市腾讯计算机系统有限公司",
        ),
        (
            "第三方SDK清单\n\n| 序号 | 功能 | 第三方 | 说明 |\n|---|---|---|---|\n| 1 | 统计 | 友盟统计SDK（友盟同欣（北京）科技有限公司） | 收集IMEI、MAC地址，用于统计 |\n| 2 | 推送 | 个推SDK（每日互动股份有限公司） | 收集OAID，用于推送 |",
            "友盟统计SDK=友盟同欣（北京）科技有限公司;个推SDK=每日互动股份有限公司",
        ),
        (
            "本应用的语音识别由科大讯飞股份有限公司的讯飞语音SDK提供技术支持，讯飞语音SDK会采集您的录音。",
            "讯飞语音SDK=科大讯飞股份有限公司",
        ),
        ("为保障您的账号安全，我们使用网易易盾的行为验证码服务，易盾会收集您的IP地址和设备型号。", "网易易盾"),
        (
            "六、合作的第三方及其SDK\n1、【广告】穿山甲SDK\n北京巨量引擎网络技术有限公司\n收集：OAID、IMEI\n2、【支付】支付宝SDK\n支付宝（中国）网络技术有限公司\n收集：无",
            "穿山甲SDK=北京巨量引擎网络技术有限公司;支付宝SDK=支付宝（中国）网络技术有限公司",
        ),
        (
            "使用SDK名称：百度统计 使用目的：统计 信息类型：IP地址 所属公司：北京百度网讯科技有限公司",
            "百度统计=北京百度网讯科技有限公司",
        ),
        (
            "我们使用了以下开源库和商业SDK：Retrofit、Glide、融云IM SDK、腾讯X5内核。",
            "Retrofit;Glide;融云IM SDK;腾讯X5内核",
        ),
        (
            "在投放广告时，我们嵌入了由北京巨量引擎网络技术有限公司、深圳市腾讯计算机系统有限公司运营的穿山甲、优量汇两款广告SDK，上述两款SDK会收集OAID、IMEI。",
            "穿山甲=北京巨量引擎网络技术有限公司;优量汇=深圳市腾讯计算机系统有限公司",
        ),
        ("语音通话功能依托声网SDK实现，它需要获取录音权限和网络类型。", "声网SDK"),
        ("我们可能使用Cookie以及Google Analytics等分析工具统计网站流量。", "Google Analytics"),
    ] {
        assert_eq!(entries(text), expected.split(';').collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn a_name_keeps_its_first_character() {
    for name in ["在线签名SDK", "对象存储SDK", "和风天气SDK", "会话存档SDK", "如视VR SDK"] {
        assert_eq!(entries(&format!("我们使用{name}提供服务。")), [name]);
    }
    assert_eq!(entries("我们还会在App中接入了友盟SDK。"), ["友盟SDK"]);
}

#[test]
fn generic_phrases_and_other_services_are_no_sdks() {
    for text in [
        "获取皮肤资源、更新内容、三方SDK数据统计。",
        "我们对接入的第三方及关联方SDK进行检测。",
        "我们仅能知悉SDK要求获得授权的权限。",
        "为了判断SDK与服务器的连接状态，我们会收集IP地址。",
        "您可以关闭SDK、卸载SDK；我们会检测SDK是否正常。",
    ] {
        assert_eq!(entries(text), [""; 0], "{text}");
    }
    for text in [
        "您可以使用微信扫描二维码，或在微博关注我们，也可以通过支付宝转账。",
        "我们没有接入友盟、Bugly等第三方统计组件。",
        "我们会对第三方SDK进行安全检测，合作方的SDK可能收集设备信息，请以其隐私政策为准。",
        "我们可能会与顺丰速运有限公司共享您的收货地址，由其完成配送。",
        "您在手机上安装的微信、支付宝等应用与本应用无关。",
        "云存储服务由阿里云计算有限公司提供，数据存放在杭州机房。",
        "我们委托北京云测信息技术有限公司进行测试，测试过程不涉及您的个人信息。",
        "本政策所称SDK，是指软件开发工具包。",
        "第三方SDK的隐私政策以其官网公示为准，我们建议您查阅。",
        "我们接入的SDK均经过安全检测，未经您同意不会启动任何SDK。",
        "如您使用华为手机，可在“设置-应用管理”中关闭权限；如您使用小米手机，请进入“设置-授权管理”。",
        "您可以通过微信、QQ、微博登录，我们会获得您的昵称和头像。",
        "我们会将订单号提供给支付宝、微信支付等支付机构以完成付款。",
        "您在应用宝、华为应用市场下载本应用时，应遵守其规则。",
        "我们的服务器部署在阿里云和腾讯云，数据经加密存储。",
        "升级SDK版本、优化SDK性能时，我们会重新评估。",
        "若第三方SDK服务商违反约定，我们将停止接入该SDK。",
        "物流信息由菜鸟网络科技有限公司提供，快递员会看到您的收货地址。",
        "您可以将文章分享到微信朋友圈、QQ空间或者新浪微博，分享时我们不会获取您的微信信息。",
        "我们的关联公司腾讯云计算（北京）有限责任公司为我们提供服务器托管服务。",
        "本应用支持使用支付宝、微信支付进行充值，支付密码由支付机构验证。",
        "为了防止骚扰，我们会对用户发布的广告、统计数据进行审核。",
        "如您是OPPO、vivo、华为手机用户，请在应用商店更新本应用。",
        "我们不会在未经您同意的情况下，将您的信息提供给百度、阿里巴巴等任何第三方公司。",
        "地图数据版权归高德软件有限公司所有。",
        "您使用小米账号、华为账号登录的，我们会获取您的昵称。",
        "第三方服务包括但不限于支付、物流、客服，具体以页面展示为准。",
        "我们可能聘请第三方机构（如律师事务所、会计师事务所）提供专业服务。",
        "我们通过Wi-Fi模块、蓝牙模块、GPS模块获取您的位置信息。",
        "本软件采用AES算法、RSA算法加密您的数据，使用Nginx服务器。",
        "您可以下载微信、QQ、抖音等App查看我们的官方账号。",
        "本产品的推荐算法、搜索引擎会根据您的浏览记录为您推荐内容。",
        "我们设置了支付模块、统计模块和分享模块，您可以在设置中关闭。",
        "我们使用Cookie、Flash插件和同类技术记录您的偏好。",
        "本协议由北京示例科技有限公司制定，您应当遵守微信、支付宝的规则。",
        "游戏引擎、渲染引擎均由我们自行开发。",
        "本应用使用Android系统提供的组件播放视频，通过系统浏览器打开链接。",
        "我们将委托顺丰、京东、中通等快递公司为您配送商品，并提供您的收货地址。",
        "在您使用讯飞输入法、搜狗输入法等输入法软件时，请留意其隐私政策。",
    ] {
        assert_eq!(entries(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_is_told_of_an_sdk_is_its_data() {
    for (text, expected) in [
        (
            "我们接入了友盟统计SDK。该SDK会收集您的IMEI、MAC地址。我们自己只收集您的手机号。",
            "友盟统计SDK: imei mac_wifi",
        ),
        ("本应用使用了穿山甲、优量汇。以上两家会读取OAID、IMEI。", "穿山甲: imei oaid;优量汇: imei oaid"),
        (
            "第三方SDK\n1. 友盟统计SDK\n公司：友盟同欣（北京）科技有限公司\n收集信息：设备型号、OAID\n用途：统计分析",
            "友盟统计SDK: device_model oaid",
        ),
        (
            "三、第三方SDK\n1. 极光推送：OAID、Android ID；\n2. 友盟统计：IMEI、MAC地址；\n3. 高德定位：位置信息、WLAN接入点、传感器信息。",
            "极光推送: android_id oaid;友盟统计: imei mac_wifi;高德定位: location sensor_list wifi_ssid",
        ),
        (
            "第三方SDK情况如下：\n（1）极光推送SDK\n收集IMEI、MAC地址，用于推送\n（2）阿里云OSS SDK\n不收集个人信息",
            "极光推送SDK: imei mac_wifi;阿里云OSS SDK: ",
        ),
        (
            "我们使用的第三方SDK及其收集的信息：个推SDK（OAID、Android ID、IP地址）、Bugly SDK（设备型号、系统版本）。",
            "个推SDK: android_id ip oaid;Bugly SDK: device_model os_version",
        ),
        (
            "第三方插件列表\n\n| 名称 | 用途 | 涉及的信息 |\n|---|---|---|\n| 个推 | 推送 | OAID、IP地址 |\n| 小米推送 | 推送 | |\n| 声网 | 通话 | 无 |",
            "个推: ip oaid;小米推送: ip oaid;声网: ",
        ),
        (
            "为了推送消息，我们集成了极光推送SDK，其会获取您的设备标识符（IMEI、Android ID）、网络信息和应用安装列表。",
            "极光推送SDK: android_id imei installed_apps network_type",
        ),
        ("崩溃分析SDK由腾讯Bugly提供，收集设备型号、操作系统版本、崩溃堆栈。", "腾讯Bugly: device_model os_version"),
        ("支付功能由支付宝提供，支付宝SDK需要IMEI、IP地址来识别风险。", "支付宝: imei ip"),
    ] {
        assert_eq!(data(text), expected.split(';').collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn several_names_in_one_head_share_what_it_tells() {
    for (text, expected) in [
        (
            "第三方SDK清单\n1、高德地图SDK、高德定位SDK（安卓、鸿蒙）\n提供方：高德软件有限公司\n收集：位置信息\n2、个推SDK\n收集：OAID",
            "高德地图SDK: location;高德定位SDK（安卓、鸿蒙）: location;个推SDK: oaid",
        ),
        (
            "我们嵌入了下列第三方SDK：\n1.银联SDK/微信支付SDK/支付宝SDK，用于缴费，收集IP地址。\n2.个推SDK，用于推送，收集OAID。",
            "银联SDK: ip;微信支付SDK: ip;支付宝SDK: ip;个推SDK: oaid",
        ),
        // Lines without a mark under the line that announces them.
        (
            "我们的客户端中使用的第三方SDK包括：\n百度地图SDK，用于地图展示，会收集您的位置信息；\n极光推送，用于推送消息，会收集您的IMEI；\n友盟统计、\nTalkingData，用于统计分析，会收集您的Android ID。",
            "百度地图SDK: location;极光推送: imei;友盟统计: android_id;TalkingData: android_id",
        ),
        // An SDK list among the cases excepted from a promise.
        (
            "三、共享\n我们不会与他人共享您的个人信息，但以下情况除外：\n1、在获取您明确同意的情况下共享；\n2、我们接入的第三方服务商（SDK）如下：\n1）友盟统计\n收集：OAID\n2）极光推送\n收集：IMEI",
            "友盟统计: oaid;极光推送: imei",
        ),
    ] {
        assert_eq!(data(text), expected.split(';').collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn flattened_tables_are_read_whatever_their_first_column() {
    for (text, expected) in [
        // The function first, the name second, an address at the end of each row.
        (
            "接入的第三方SDK如下：\n功能模块及服务\n第三方名称\n个人信息收集详情\n隐私政策地址\n推送功能\n极光推送\n您的MEID、IMEI。\nhttps://a.example/p\n\
             推送功能\n小米推送\nOAID\nhttps://b.example/p\n崩溃分析\nBugly\nAndroid ID\nhttps://c.example/p\n",
            "极光推送: imei meid;小米推送: oaid;Bugly: android_id",
        ),
        // The company first, a pipe behind each cell, and a last cell without words.
        (
            "内嵌SDK名单\n公司名称 |\n产品/类型 |\n共享信息名称 |\n使用目的 |\n隐私连接 |\n华为终端有限公司 |\n华为推送SDK |\nIMEI |\n推送消息 |\n|\n\
             小米科技有限公司 |\n小米推送SDK |\nOAID |\n推送消息 |\n|\n",
            "华为推送SDK: imei;小米推送SDK: oaid",
        ),
        // The Java package heads the entry.
        (
            "第三方信息共享清单\n我们对接入的相关第三方SDK在以下清单中列明。\n\ncom.amap.api(高德)\n\n第三方主体: 高德软件有限公司\n\n共享的信息: 位置信息\n\n\
             阿里OSS(对象存储SDK)\n\n第三方主体: 阿里云计算有限公司\n\n共享的信息: IMEI\n",
            "高德: location;阿里OSS(对象存储SDK): imei",
        ),
    ] {
        assert_eq!(data(text), expected.split(';').collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn a_member_without_a_mark_ends_with_its_line() {
    let text = "我们使用的第三方SDK包括：\n极光推送，用于推送消息，会收集您的OAID；\n设备信息、网络信息，用于安全，收集您的IMEI。";
    assert_eq!(data(text), ["极光推送: oaid"]);
}

#[test]
fn lines_that_only_speak_of_sdks_name_none() {
    for text in [
        "我们嵌入了合作方开发的软件工具包（以下简称SDK）。",
        "我们要求SDK不得收集与功能无关的信息。",
        "我们使用的第三方SDK包括：\n位置信息、IMEI，用于识别设备，会被收集；\n您的昵称，用于展示。",
    ] {
        assert_eq!(entries(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_plus_before_a_gap_belongs_to_the_name() {
    let text = "接入了下列SDK：\nSDK名称|开发者|收集的个人信息\n友盟+ U-App|友盟同欣（北京）科技有限公司|IMEI\n个推|每日互动股份有限公司|OAID";
    assert_eq!(data(text), ["友盟+ U-App: imei", "个推: oaid"]);
}

#[test]
fn the_company_beside_a_head_is_found() {
    for (text, expected) in [
        (
            "内嵌了如下第三方SDK：\n①神策分析SDK（神策网络科技（北京）有限公司）：行为分析，收集Android ID\n②个推SDK（每日互动股份有限公司）：消息推送，收集OAID",
            "神策分析SDK=神策网络科技（北京）有限公司;个推SDK=每日互动股份有限公司",
        ),
        (
            "内嵌了如下第三方SDK：\n1、数字天堂（北京）网络技术有限公司的DCloud uni-app，用于渲染，收集OAID\n2、青岚认证SDK（青岚市第一研究所），用于认证，收集姓名",
            "DCloud uni-app=数字天堂（北京）网络技术有限公司;青岚认证SDK=青岚市第一研究所",
        ),
    ] {
        assert_eq!(entries(text), expected.split(';').collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn the_examples_behind_a_word_for_outside_services_are_named() {
    let text = "您可以选择与我们合作的第三方支付机构（包括支付宝、微信支付及银联等支付通道）所提供的支付服务。";
    assert_eq!(entries(text), ["支付宝", "微信支付", "银联"]);
    for other in [
        "第三方支付机构（包括您的银行卡号、手机号及姓名）会核对您的信息。",
        "您可以通过第三方平台（包括微信、QQ）登录，我们会获取您的昵称。",
    ] {
        assert_eq!(entries(other), Vec::<String>::new(), "{other}");
    }
}

#[test]
fn an_empty_cell_is_empty_where_the_markup_merges_cells() {
    let html = "<p>本应用接入的第三方SDK如下：</p><table><tr><th>公司</th><th>SDK</th><th>收集的信息</th></tr>\
        <tr><td rowspan=\"2\">友盟同欣（北京）科技有限公司</td><td>友盟统计SDK</td><td>OAID</td></tr>\
        <tr><td>友盟推送SDK</td><td>IMEI</td></tr><tr><td></td><td>Glide</td><td>不收集</td></tr></table>";
    let policy = Policy::from_bytes(&[("p.html".to_owned(), html.as_bytes().to_vec())], Catalogue::builtin()).unwrap();
    let companies: Vec<_> = policy.sdks.iter().map(|s| s.company.as_deref()).collect();
    let umeng = Some("友盟同欣（北京）科技有限公司");
    assert_eq!(companies, [umeng, umeng, None]);
}

#[test]
fn a_package_beside_a_name_in_prose_is_its_package() {
    for (text, expected) in [
        ("友盟SDK（包名：com.umeng.analytics），用途：统计，会收集IMEI、Android ID。", "com.umeng.analytics"),
        ("我们使用了友盟SDK（包名com.umeng.analytics），收集IMEI、Android ID，用于统计。", "com.umeng.analytics"),
        ("我们使用了友盟SDK（com.umeng），会收集IMEI、Android ID。", "com.umeng"),
    ] {
        let sdks = policy(text).sdks;
        assert_eq!(sdks.len(), 1, "{text}: {sdks:?}");
        assert_eq!(sdks[0].package.as_deref(), Some(expected), "{text}");
        let data: Vec<&str> = sdks[0].data.iter().map(|d| d.as_str()).collect();
        assert_eq!(data, ["android_id", "imei"], "{text}");
        assert!(sdks[0].purpose.as_deref().is_none_or(|p| p.contains("统计") && !p.contains("IMEI")), "{text}");
    }
}

#[test]
fn labelled_entries_are_read_however_they_are_parted() {
    let umeng =
        ["SDK名称：友盟统计SDK", "第三方名称：友盟同欣（北京）科技有限公司", "共享信息：IMEI、OAID", "使用场景：统计"];
    let jpush =
        ["SDK名称：极光推送SDK", "第三方名称：深圳市和讯华谷信息技术有限公司", "共享信息：MAC地址", "使用场景：推送"];
    for (inside, between) in [("；", "。"), ("。", "。"), ("，", "。"), (" ", " "), ("\n", "\n"), ("；", "。\n")]
    {
        let text = format!("我们接入的第三方SDK如下：\n{}{between}{}", umeng.join(inside), jpush.join(inside));
        let expected = ["友盟统计SDK=友盟同欣（北京）科技有限公司", "极光推送SDK=深圳市和讯华谷信息技术有限公司"];
        assert_eq!(entries(&text), expected, "{inside:?} {between:?}");
        assert_eq!(data(&text), ["友盟统计SDK: imei oaid", "极光推送SDK: mac_wifi"], "{inside:?} {between:?}");
    }
}

/// The entries of an English text with their data, in order.
fn english(text: &str) -> Vec<String> {
    let text = format!("Example Notes is an app for notes.\n\nPrivacy Policy\n\nThird-party SDKs\n\n{text}\n");
    let policy = Policy::from_bytes(&[("p.txt".to_owned(), text.into_bytes())], Catalogue::builtin()).unwrap();
    let of = |s: &crate::policy::SdkEntry| {
        let data: Vec<String> = s.data.iter().map(ToString::to_string).collect();
        format!("{}: {}", s.name, data.join(" "))
    };
    policy.sdks.iter().map(of).collect()
}

#[test]
fn what_english_says_of_several_sdks_is_told_of_each() {
    let expected = ["Firebase Analytics: device_model ip", "Adjust: device_model ip"];
    for text in [
        "We use Firebase Analytics and Adjust. These SDKs collect the device model and IP address.",
        "We use Firebase Analytics and Adjust.\n\nThe SDKs listed above collect the device model and IP address.",
        "- Firebase Analytics (Google LLC)\n- Adjust (Adjust GmbH)\n\nThe SDKs above collect the device model and IP address.",
        "- Firebase Analytics by Google LLC, used for analytics.\n- Adjust by Adjust GmbH, used for attribution.\n\nAll of the above SDKs may collect the device model and IP address.",
    ] {
        assert_eq!(english(text), expected, "{text}");
    }
}

#[test]
fn a_list_of_another_platform_lies_elsewhere_beside_the_list_given() {
    let list = "第三方SDK清单\n1、友盟SDK：用于统计，收集IMEI。\n2、极光SDK：用于推送，收集OAID。\n\n";
    let elsewhere = |text: &str| -> Vec<String> {
        let lists = policy(&format!("{list}{text}")).external_lists;
        lists.iter().map(|l| format!("{} {:?}", l.name, l.platform)).collect()
    };
    assert_eq!(elsewhere("车机所接入的SDK见“设置”中的《车机第三方SDK清单》。"), ["车机第三方SDK清单 Other"]);
    assert_eq!(elsewhere("鸿蒙版另接入：点击查看《鸿蒙版第三方SDK清单》。"), ["鸿蒙版第三方SDK清单 Harmony"]);
    assert_eq!(elsewhere("详见《第三方SDK清单》。"), Vec::<String>::new());
}
