//! Words of Taiwan and Hong Kong, read as what the mainland says: 資訊 is 信息, 行動裝置 is 移动设备.
//!
//! Only in a text that is written in traditional characters: 资料 or 设定 on the mainland stay what they are.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Normal, simplified};

/// By the first character of the folded word: the word and what is read instead, the longest first.
type Words = HashMap<char, Vec<(String, String)>>;

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let fold = |word: &str| word.chars().map(simplified).collect::<String>();
        let mut words = Words::new();
        let pairs = include_str!("regional.txt").lines().filter(|line| !line.starts_with('#'));
        for (from, to) in pairs.filter_map(|line| line.split_once(' ')) {
            let from = fold(from);
            if let Some(first) = from.chars().next() {
                words.entry(first).or_default().push((from, to.to_owned()));
            }
        }
        for same in words.values_mut() {
            same.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        }
        words
    })
}

impl Normal {
    /// Puts the mainland's words for those of the table. The first character of a word put in stands where the first of the other
    /// stood, the rest where its last did.
    pub(super) fn localise(&mut self) {
        let words = words();
        let old = std::mem::take(self);
        let mut new = Self {
            text: String::with_capacity(old.text.len()),
            source: Vec::with_capacity(old.source.len() + 1),
            spaced: old.spaced,
            ..Self::default()
        };
        let (mut gaps, mut breaks) = (old.gaps.iter().peekable(), old.breaks.iter().peekable());
        let mut at = 0;
        while let Some(first) = old.text[at..].chars().next() {
            let found =
                words.get(&first).and_then(|same| same.iter().find(|(from, _)| old.text[at..].starts_with(from)));
            let (length, put) = found.map_or((first.len_utf8(), None), |(from, to)| (from.len(), Some(to)));
            let here = new.text.len() as u32;
            // What stood inside a word stands before it no more.
            let end = (at + length) as u32;
            while let Some(&gap) = gaps.next_if(|&&gap| gap < end) {
                new.gaps.extend((gap as usize == at).then_some(here));
            }
            while let Some(&line) = breaks.next_if(|&&line| line < end) {
                new.breaks.extend((line as usize == at).then_some(here));
            }
            let (start, last) = (old.source[at] as usize, old.source[at + length - 1] as usize);
            match put {
                Some(to) => to.chars().enumerate().for_each(|(n, c)| new.push(c, if n == 0 { start } else { last })),
                None => new.push(first, start),
            }
            at += length;
        }
        *self = new;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::normal::fold;

    #[test]
    fn words_of_taiwan_are_read_as_those_of_the_mainland() {
        for (from, to) in [
            ("我們會蒐集您的個人資料", "我们会收集您的个人信息"),
            ("存取行動裝置的相簿與聯絡人", "访问移动设备的相册与联系人"),
            ("讀取簡訊、行事曆與裝置識別碼", "读取短信、日历与设备识别码"),
            ("第三方軟體開發套件", "第三方软件开发工具包"),
            ("隱私權政策", "隐私政策"),
            ("資料庫與資料夾", "数据库与文件夹"),
            ("資料", "信息"),
        ] {
            assert_eq!(fold(from), to);
        }
        // On the mainland the same signs are words of their own.
        assert_eq!(fold("个人资料与设定"), "个人资料与设定");
    }

    #[test]
    fn the_way_back_finds_the_whole_word() {
        let source = "讀取 行動\n裝置 的資訊";
        let normal = Normal::new(source);
        let at = normal.text().find("移动设备").unwrap();
        assert_eq!(&source[normal.source_range(at..at + "移动设备".len(), source)], "行動\n裝置");
        assert!(normal.gap_before(at));
    }

    #[test]
    fn every_word_of_the_table_is_read_so() {
        for line in include_str!("regional.txt").lines().filter(|line| !line.starts_with('#')) {
            let (from, to) = line.split_once(' ').unwrap();
            assert_eq!(fold(&format!("說{from}")), format!("说{to}"), "{line}");
        }
    }

    #[test]
    fn a_policy_of_taiwan_is_read_as_one_of_the_mainland() {
        use crate::catalogue::Catalogue;
        use crate::policy::{Polarity, Policy, Subject};
        let text = "範例記事隱私權政策\n生效日期：民國112年4月1日\n\n一、我們如何蒐集及使用您的個人資料\n\n\
            1. 為上傳照片，本應用程式需要存取您的相簿與相機。\n2. 經您同意後，我們會讀取您行動裝置中的聯絡人及行事曆。\n\
            3. 我們會蒐集裝置識別碼、IP位址及網路狀態。\n4. 使用藍牙連線耳機時，我們會存取藍牙。\n5. 錄音功能需要麥克風權限。\n\
            6. 我們不會讀取您的簡訊。\n\n二、第三方軟體開發套件\n\n1. 友盟統計SDK：蒐集IMEI、MAC位址。\n";
        let policy = Policy::from_bytes(&[("p.txt".to_owned(), text.into())], Catalogue::builtin()).unwrap();
        let said = |capability: &str, polarity: Polarity| {
            let about = |s: &crate::policy::Statement| matches!(&s.subject, Subject::Capability(c) if *c == capability);
            policy.statements.iter().any(|s| about(s) && s.polarity == polarity)
        };
        for used in
            ["photos", "camera", "contacts", "calendar", "phone-state", "network-state", "bluetooth", "microphone"]
        {
            assert!(said(used, Polarity::Affirmed), "{used}");
        }
        assert!(said("sms", Polarity::DeniedFull));
        assert_eq!(policy.meta.effective.as_ref().map(|f| f.value.as_str()), Some("2023-04-01"));
        let data: Vec<&str> = policy.sdks[0].data.iter().map(|d| d.as_str()).collect();
        assert_eq!((policy.sdks[0].name.as_str(), data), ("友盟統計SDK", vec!["imei", "mac_wifi"]));
    }
}
