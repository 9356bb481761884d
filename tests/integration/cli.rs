//! The command line as a user meets it: exit status, one clear sentence for bad input, output that other programs read.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

pub fn audit() -> Command {
    let mut command = Command::cargo_bin("audit").unwrap();
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// Standard output, standard error and exit status of a run.
pub fn run(arguments: &[&str]) -> (String, String, i32) {
    let output = audit().args(arguments).output().unwrap();
    (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
        output.status.code().unwrap(),
    )
}

fn sample(name: &str) -> String {
    format!("sample-apks/{name}")
}

fn write(directory: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = directory.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn a_clean_app_exits_with_zero_and_gaps_with_one() {
    let clean = run(&[&sample("shanque-guanniao.apk"), "policies/shanque-guanniao.txt"]);
    assert_eq!(clean.2, 0, "{}{}", clean.0, clean.1);
    let gaps = run(&[&sample("qingya-xuetang.apk"), "policies/qingya-xuetang.txt"]);
    assert_eq!(gaps.2, 1);
    let never = run(&["--fail-on", "never", &sample("qingya-xuetang.apk"), "policies/qingya-xuetang.txt"]);
    assert_eq!(never.2, 0);
}

#[test]
fn bad_input_gets_one_sentence_and_status_two() {
    let dir = tempfile::tempdir().unwrap();
    let empty = write(dir.path(), "empty.apk", b"");
    let text = write(dir.path(), "text.apk", "不是安装包".as_bytes());
    let no_manifest = write(dir.path(), "nomanifest.apk", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    let binary = write(dir.path(), "policy.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0");
    let empty_policy = write(dir.path(), "empty.txt", b"");
    let policy = "policies/shanque-guanniao.txt";
    let apk = sample("shanque-guanniao.apk");
    let path = |p: &PathBuf| p.to_str().unwrap().to_owned();
    for (package, policy, names) in [
        ("missing.apk".to_owned(), policy.to_owned(), "missing.apk"),
        (path(&empty), policy.to_owned(), "empty.apk"),
        (path(&text), policy.to_owned(), "text.apk"),
        (path(&no_manifest), policy.to_owned(), "nomanifest.apk"),
        (apk.clone(), "missing.txt".to_owned(), "missing.txt"),
        (apk.clone(), path(&binary), "policy.txt"),
        (apk.clone(), path(&empty_policy), "empty.txt"),
        (apk.clone(), apk.clone(), "shanque-guanniao.apk"),
    ] {
        let (out, err, status) = run(&[&package, &policy]);
        assert_eq!(status, 2, "{package} {policy}: {err}");
        assert_eq!(err.trim_end().lines().count(), 1, "{package} {policy}: {err}");
        assert!(err.contains(names), "{package} {policy}: {err}");
        assert!(out.is_empty(), "{package} {policy}: {out}");
    }
}

#[test]
fn output_files_take_their_format_from_the_ending() {
    let dir = tempfile::tempdir().unwrap();
    let files: Vec<String> =
        ["r.json", "r.csv", "r.md", "r.txt"].iter().map(|n| dir.path().join(n).to_str().unwrap().to_owned()).collect();
    let apk = sample("qingya-xuetang.apk");
    let mut arguments = vec!["-q", apk.as_str(), "policies/qingya-xuetang.txt"];
    for file in &files {
        arguments.extend(["-o", file]);
    }
    let (out, err, status) = run(&arguments);
    assert_eq!((out.as_str(), status), ("", 1), "{err}");
    let read = |i: usize| fs::read_to_string(&files[i]).unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&read(0)).is_ok());
    assert!(read(1).starts_with('\u{feff}'));
    assert!(read(2).starts_with("# "));
    assert!(read(3).contains("F02"));
}

#[test]
fn no_colour_without_a_terminal_and_permission_names_stay_whole() {
    let (out, _, _) = run(&["--width", "60", &sample("qingya-xuetang.apk"), "policies/qingya-xuetang.txt"]);
    assert!(!out.contains('\u{1b}'));
    for name in ["READ_CALENDAR", "ACTIVITY_RECOGNITION", "SYSTEM_ALERT_WINDOW"] {
        assert!(out.lines().any(|l| l.contains(name)), "{name}");
    }
    let (coloured, _, _) = run(&["--color", "always", &sample("qingya-xuetang.apk"), "policies/qingya-xuetang.txt"]);
    assert!(coloured.contains('\u{1b}'));
}

#[test]
fn a_directory_is_audited_whole_and_a_bad_package_costs_one_line() {
    let dir = tempfile::tempdir().unwrap();
    let (apks, policies) = (dir.path().join("安装 包"), dir.path().join("政策"));
    fs::create_dir(&apks).unwrap();
    fs::create_dir(&policies).unwrap();
    for (stem, ending) in [("qingya-xuetang", "txt"), ("zhihe-jishi", "html")] {
        fs::copy(sample(&format!("{stem}.apk")), apks.join(format!("{stem}.apk"))).unwrap();
        let policy = format!("{stem}.{ending}");
        fs::copy(format!("policies/{policy}"), policies.join(policy)).unwrap();
    }
    write(&apks, "broken.apk", b"PK\x03\x04 and nothing more");
    let paths = [apks.to_str().unwrap(), policies.to_str().unwrap()];
    let (lines, err, status) = run(&[paths[0], paths[1], "--format", "jsonl"]);
    assert_eq!(status, 2, "{err}");
    let reports: Vec<serde_json::Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let files: Vec<_> = reports.iter().map(|r| r["app"]["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["broken.apk", "qingya-xuetang.apk", "zhihe-jishi.apk"]);
    assert!(reports[0]["error"]["why"].as_str().unwrap().contains("broken.apk"));
    assert!(reports[1]["findings"].as_array().unwrap().len() > 3);
    let (again, _, _) = run(&[paths[0], paths[1], "--format", "jsonl", "--jobs", "1"]);
    assert_eq!(lines, again, "the same bytes for any number of jobs");
    let (table, _, _) = run(&[paths[0], paths[1]]);
    assert!(table.contains("broken.apk") && table.contains("cn.example."));
}

#[test]
fn explain_and_catalogue_answer_and_unknown_names_are_an_error() {
    for id in ["F04", "undisclosed-sdk", "camera", "android.permission.CAMERA", "imei", "umeng-push", "pipl-17"] {
        let (out, err, status) = run(&["explain", id]);
        assert_eq!(status, 0, "{id}: {err}");
        assert!(out.lines().count() >= 2, "{id}: {out}");
    }
    let (_, err, status) = run(&["explain", "no-such-thing"]);
    assert_eq!(status, 2);
    assert!(err.contains("no-such-thing"));
    assert!(run(&["catalogue", "list"]).0.contains("permissions"));
    let (_, err, status) = run(&["catalogue", "check", "missing.toml"]);
    assert_eq!(status, 2);
    assert!(err.contains("missing.toml"));
}

#[test]
fn a_record_of_the_sdk_platform_stands_beside_the_other_sides() {
    let dir = tempfile::tempdir().unwrap();
    let text = "SDK名称,开发者名称,收集信息范围,使用目的,隐私政策链接\n个推SDK,浙江每日互动网络科技股份有限公司,IMEI,消息推送,https://example.com\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    let record = write(dir.path(), "record.csv", &gb);
    let args = [&sample("qingya-xuetang.apk"), "policies/qingya-xuetang.txt", "--sdk-record", record.to_str().unwrap()];
    let (out, err, status) = run(&args);
    assert_eq!((err.as_str(), status), ("", 1));
    assert!(out.contains("平台备案 record.csv:2：国际移动设备识别码（IMEI）"), "{out}");
    let bad =
        write(dir.path(), "bad.csv", "SDK名称,开发者名称,收集信息范围,使用目的,隐私政策链接\n个推,甲\n".as_bytes());
    let (out, err, status) = run(&[args[0], args[1], "--sdk-record", bad.to_str().unwrap()]);
    assert_eq!((out.as_str(), status), ("", 2));
    assert!(err.contains("bad.csv:2: 2 columns, expected 5"), "{err}");
    // Settings may name it as well, relative to themselves.
    let config = write(dir.path(), "audit.toml", b"sdk_record = \"record.csv\"\n");
    let (out, _, _) = run(&[args[0], args[1], "--config", config.to_str().unwrap()]);
    assert!(out.contains("平台备案 record.csv:2"), "{out}");
}

#[test]
fn a_baseline_leaves_what_is_new_and_tells_what_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    let old = dir.path().join("old.json");
    let apk = sample("qingya-xuetang.apk");
    run(&[&apk, "policies/qingya-xuetang.txt", "-q", "-o", old.to_str().unwrap()]);
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/qingya-xuetang.txt")).unwrap();
    // The planted faults: the calendar is told now, the row of iFlytek is gone.
    let start = text.find("2、科大讯飞语音SDK").unwrap();
    let end = text.find("3、百度地图SDK").unwrap();
    let text = format!("{}{}", &text[..start], &text[end..])
        .replace("（8）查看WLAN状态", "（8）日历权限：导入课程表时读取您的日历。\n（9）查看WLAN状态");
    let new = write(dir.path(), "new.txt", text.as_bytes());
    let (out, _, status) =
        run(&[&apk, new.to_str().unwrap(), "--baseline", old.to_str().unwrap(), "-f", "json", "--fail-on", "high"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let found: Vec<String> =
        report["findings"].as_array().unwrap().iter().map(|f| format!("{} {}", f["rule"], f["subject"])).collect();
    assert_eq!(found, ["\"undisclosed-sdk\" \"iflytek\""]);
    // A rule whose findings are all known has found them all the same.
    let rule = |id: &str| report["rules"].as_array().unwrap().iter().find(|r| r["id"] == id).cloned().unwrap();
    let dates = rule("open-ended-enumeration");
    assert_eq!((&dates["outcome"], &dates["known"]), (&"found".into(), &1.into()), "{dates}");
    assert!(rule("undisclosed-sdk")["known"].as_u64() > Some(0));
    let (table, ..) = run(&[&apk, new.to_str().unwrap(), "--baseline", old.to_str().unwrap()]);
    assert!(table.contains("发现（基线已有 1）"), "{table}");
    let gone = report["baseline"]["gone"].as_array().unwrap();
    assert!(gone.iter().any(|g| g["rule"] == "undisclosed-permission" && g["subject"] == "calendar"), "{gone:?}");
    assert_eq!(status, 0, "speech is medium");
}

#[test]
fn two_packages_with_their_policies_are_compared() {
    let (apk, policy) = (sample("haiyu-zhongwen.apk"), "policies/haiyu-zhongwen.txt");
    let list = "policies/haiyu-zhongwen-sdk-list.txt";
    let (out, err, status) = run(&["diff", &apk, policy, &apk, policy, list, "-f", "json"]);
    assert_eq!((err.as_str(), status), ("", 0));
    let differences: serde_json::Value = serde_json::from_str(&out).unwrap();
    let find = |subject: &str| differences.as_array().unwrap().iter().find(|d| d["subject"] == subject).cloned();
    assert_eq!(find("undisclosed-sdk talkingdata").unwrap()["change"], "new");
    assert_eq!(find("jpush").unwrap()["new"], "disclosed");
    for (args, why) in [(vec!["diff", &apk, policy], "two sides"), (vec!["diff", &apk, &apk], "followed by its policy")]
    {
        let (_, err, status) = run(&args);
        assert!(status == 2 && err.contains(why), "{err}");
    }
}

#[test]
fn a_waiver_marks_a_finding_and_gives_it_back_when_it_ends() {
    let dir = tempfile::tempdir().unwrap();
    let text = "[[waive]]\nrule = \"F04\"\nsubject = \"getui\"\nreason = \"下个版本移除\"\nuntil = \"2026-06-30\"\n";
    let config = write(dir.path(), "audit.toml", text.as_bytes());
    let on = |day: &str| {
        let apk = sample("qingya-xuetang.apk");
        let args =
            [&apk, "policies/qingya-xuetang.txt", "--config", config.to_str().unwrap(), "--today", day, "-f", "json"];
        let report: serde_json::Value = serde_json::from_str(&run(&args).0).unwrap();
        let findings = report["findings"].as_array().unwrap();
        findings.iter().find(|f| f["rule"] == "undisclosed-sdk" && f["subject"] == "getui").unwrap().clone()
    };
    assert_eq!(on("2026-06-30")["waived"], "下个版本移除");
    let after = on("2026-07-01");
    assert!(after["waived"].is_null() && after["waiver_ended"] == "2026-06-30");
    // One that is mended, or misspelt, is told and not silently kept.
    let (apk, policy) = (sample("qingya-xuetang.apk"), "policies/qingya-xuetang.txt");
    let text = format!("{text}[[waive]]\nrule = \"F04\"\nsubject = \"getuii\"\nreason = \"x\"\n");
    let idle = write(dir.path(), "idle.toml", text.as_bytes());
    let (_, err, _) = run(&[&apk, policy, "--config", idle.to_str().unwrap(), "--today", "2026-06-30", "-q"]);
    assert_eq!(err, "audit: the waiver of F04 for getuii meets no finding\n");
}

#[test]
fn every_kind_of_identifier_is_explained_in_both_languages() {
    for id in [
        "F04",
        "undisclosed-sdk",
        "E7",
        "pipl-17",
        "draft2026-sdk",
        "android.permission.CAMERA",
        "camera",
        "imei",
        "getui",
        "学习教育",
        "19",
    ] {
        for lang in ["zh", "en"] {
            let (out, err, status) = run(&["explain", id, "--lang", lang]);
            assert!(status == 0 && !out.trim().is_empty(), "{id} {lang}: {err}");
        }
    }
    assert!(run(&["explain", "F04"]).0.contains("征求意见稿，仅供前瞻"));
    let (camera, ..) = run(&["explain", "CAMERA", "--lang", "zh"]);
    assert!(camera.contains("保护级别：危险级") && camera.contains("披露要求：必须披露"), "{camera}");
    let (getui, ..) = run(&["explain", "getui", "--lang", "zh"]);
    assert!(getui.contains("类型：推送") && !getui.contains("Push\n"), "{getui}");
    assert!(run(&["explain", "getui", "--lang", "en"]).0.contains("kind: push"));
    assert!(run(&["explain", "rdff-6-1", "--lang", "zh"]).0.contains("核对：条号与释义待核"));
    let (_, err, status) = run(&["explain", "nothing-of-the-kind"]);
    assert!(status == 2 && err.contains("nothing-of-the-kind"), "{err}");
}

#[test]
fn what_was_meant_is_said_where_the_words_show_it() {
    let dir = tempfile::tempdir().unwrap();
    let apk = sample("qingya-xuetang.apk");
    let policy = "policies/qingya-xuetang.txt";
    let text = |name: &str, text: &str| write(dir.path(), name, text.as_bytes()).to_str().unwrap().to_owned();
    let (batch, alone) =
        (text("b.jsonl", "{\"schema\":1}\n{\"schema\":2}\n"), text("p.json", "{\"schema\":\"audit/1\"}"));
    let cases: &[(&[&str], &str)] = &[
        (&[&apk], "a policy is expected behind it; `audit apk"),
        (&["sample-apks"], "a directory of their policies, is expected behind it"),
        (&["batch", "sample-apks", "policies"], "no command of this name"),
        (&[policy, &apk], "a package is expected before its policy"),
        (&[&apk, policy, "--today", "tomorrow"], "no date; expected one such as 2026-01-31"),
        (&[&apk, policy, "--baseline", &batch], "2 reports, one a line"),
        (&[&apk, policy, "--baseline", &alone], "expected that of an audit"),
        (&["diff", &batch, &batch], "2 reports, one a line"),
        (&["explain", "umeng"], "near it: umeng-analytics,"),
    ];
    for (arguments, why) in cases {
        let (out, err, status) = run(arguments);
        assert!(status == 2 && out.is_empty() && err.contains(why), "{arguments:?}: {err}");
    }
    let (out, _, status) = run(&["explain", "相机"]);
    assert!(status == 0 && out.contains("camera"), "{out}");
}

#[test]
fn a_baseline_of_another_app_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let old = dir.path().join("old.json");
    run(&[&sample("zhihe-jishi.apk"), "policies/zhihe-jishi.html", "-q", "-o", old.to_str().unwrap()]);
    let apk = sample("shanque-guanniao.apk");
    let (_, err, _) = run(&[&apk, "policies/shanque-guanniao.txt", "--baseline", old.to_str().unwrap()]);
    assert!(err.contains("the report of cn.example.zhihe.jishi, held against cn.example.shanque.guanniao"), "{err}");
}
