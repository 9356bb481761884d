use super::super::made::{apk, calls, embeds, lists, packed, points_to, policy, requests};
use super::{judge, judge_with};
use privacy_audit::apk::{Apk, Confidence};
use privacy_audit::audit::Settings;
use privacy_audit::catalogue::Catalogue;
use privacy_audit::policy::{ListKind, NameMatch, Policy, sdk_record_from_bytes};

const RULE: &str = "understated-sdk-practice";

/// An SDK whose publisher claims nothing weighty, so that only code and record speak.
const QUIET: &str = "okhttp";

fn told(items: &[&str]) -> Policy {
    let mut policy = lists(policy(), "wechat-opensdk", NameMatch::Product);
    policy.sdks[0].data = items.iter().map(|i| (*i).into()).collect();
    policy
}

fn wechat() -> Apk {
    embeds(apk(), "wechat-opensdk", Confidence::High)
}

/// Everything its publisher claims, so that only what a test adds is missing.
fn claimed() -> Vec<&'static str> {
    let sdk = Catalogue::builtin().sdk("wechat-opensdk").unwrap();
    sdk.claimed_data.iter().map(|d| d.as_str()).collect()
}

#[test]
fn medium_with_code_and_low_on_the_publishers_word() {
    let reads = calls(wechat(), "clipboard", Some("wechat-opensdk"));
    let mut items = claimed();
    items.retain(|i| *i != "clipboard");
    assert_eq!(judge(RULE, &reads, &told(&items)), "found: medium wechat-opensdk");
    assert_eq!(judge(RULE, &wechat(), &told(&["payment"])), "found: low wechat-opensdk");
}

#[test]
fn the_platforms_record_is_a_source_of_its_own() {
    let record = "SDK名称,开发者名称,收集信息范围,使用目的,隐私政策链接\nAdjust,Adjust GmbH,Android ID,归因分析,https://example.com\n";
    let records = sdk_record_from_bytes("record.csv", record.as_bytes(), Catalogue::builtin()).unwrap();
    let adjust = embeds(apk(), "adjust", Confidence::High);
    let mut told = lists(policy(), "adjust", NameMatch::Product);
    told.sdks[0].data = vec!["payment".into()];
    assert_eq!(judge(RULE, &adjust, &told), "clear", "its publisher's rules are not known, its code calls nothing");
    let settings = Settings { records, ..Settings::default() };
    assert_eq!(judge_with(RULE, &adjust, &told, &settings), "found: low adjust");
    told.sdks[0].data.push("android_id".into());
    assert_eq!(judge_with(RULE, &adjust, &told, &settings), "clear");
}

#[test]
fn told_items_and_umbrella_words_cover() {
    let reads = calls(wechat(), "android_id", Some("wechat-opensdk"));
    assert_eq!(judge(RULE, &reads, &told(&claimed())), "clear");
    assert_eq!(judge(RULE, &reads, &told(&["device_id", "location", "device_info"])), "clear", "umbrella words");
}

#[test]
fn without_its_permission_an_item_is_out_of_reach() {
    let mut items = claimed();
    items.retain(|i| *i != "location_fine");
    let reads = calls(wechat(), "location_fine", Some("wechat-opensdk"));
    items.retain(|i| !i.starts_with("location"));
    assert_eq!(judge(RULE, &reads, &told(&items)), "clear");
    assert_eq!(judge(RULE, &requests(reads, "ACCESS_FINE_LOCATION"), &told(&items)), "found: medium wechat-opensdk");
}

#[test]
fn identifiers_that_android_10_closed_make_a_note() {
    let mut items = claimed();
    items.retain(|i| *i != "imei");
    let reads = calls(requests(wechat(), "READ_PHONE_STATE"), "imei", Some("wechat-opensdk"));
    items.retain(|i| !matches!(*i, "device_id" | "device_info" | "imsi" | "iccid" | "serial" | "meid"));
    let found = judge(RULE, &reads, &told(&items));
    assert_eq!(found, "found: note wechat-opensdk");
}

#[test]
fn entries_without_kinds_and_utilities_are_not_judged() {
    assert_eq!(judge(RULE, &wechat(), &told(&[])), "clear", "F05 speaks");
    let tool = calls(embeds(apk(), QUIET, Confidence::High), "android_id", Some(QUIET));
    assert_eq!(judge(RULE, &tool, &lists(policy(), QUIET, NameMatch::Product)), "clear");
}

#[test]
fn an_entry_that_says_nothing_is_collected_is_held_against_code_only() {
    let mut none = told(&[]);
    none.sdks[0].says_none = true;
    assert_eq!(judge(RULE, &wechat(), &none), "clear", "the publisher's word alone");
    let reads = calls(wechat(), "android_id", Some("wechat-opensdk"));
    assert_eq!(judge(RULE, &reads, &none), "found: medium wechat-opensdk");
}

#[test]
fn what_cannot_be_seen_leaves_it_open() {
    assert_eq!(judge(RULE, &packed(wechat()), &told(&claimed())), "undetermined");
    assert_eq!(judge(RULE, &wechat(), &points_to(told(&["payment"]), ListKind::Sdk)), "undetermined");
}
