//! What the readers of packages and policies tell in English (what was not read and why, how a file departs from the format), in Chinese.
//!
//! The readers keep sentences, which JSON gives as they are; reports for people show them in the report's language. A sentence
//! without a line here stays as it is. `{}` stands for any text, and is put where the same place of the Chinese has it.

use crate::audit::Lang;

/// Sentences and their Chinese; the first that fits counts.
const SENTENCES: &[(&str, &str)] = &[
    // What was not read.
    ("{} that is not loaded with the app was not read", "{}，不随应用加载，未读取"),
    (
        "packed by an unknown packer: the app's own code is unpacked at run time and could not be read",
        "已加固（产品未知）：应用自身代码在运行时解出，未能读取",
    ),
    (
        "packed by {}: the app's own code is unpacked at run time and could not be read",
        "已由 {} 加固：应用自身代码在运行时解出，未能读取",
    ),
    (
        "native: no dex file; the app's code stands in native libraries, which are not read",
        "native：没有 dex 文件；应用代码在原生库中，未读取",
    ),
    (
        "no dex file, though the manifest declares {}; the code stands elsewhere",
        "没有 dex 文件，而清单声明了 {}；代码在别处",
    ),
    ("{}: {} is not read, and can call the platform itself", "{}：{}未读取，且可自行调用系统接口"),
    ("{}: {} is not read", "{}：{}未读取"),
    ("another build of the same app, not read", "同一应用的另一构建，未读取"),
    ("belongs to another app, {}", "属于另一应用 {}"),
    (
        "this is the split {} of a set; the base APK and the other splits were not given",
        "这是拆分包中的 {}；未提供基础 APK 和其他拆分",
    ),
    (
        "the manifest says that further splits are required; they were not given, and may hold code",
        "清单表明还需要其他拆分；未提供，其中可能有代码",
    ),
    ("the manifest is damaged from byte {} on; what follows is unknown", "清单自第 {} 字节起损坏，其后内容未知"),
    ("the resource table is damaged; names and labels may be missing", "资源表损坏，名称和标签可能缺失"),
    (
        "a manifest alone carries no code, and in a source tree no permissions that libraries add at build time",
        "仅有清单，没有代码；源码清单也不含各库在构建时并入的权限",
    ),
    (
        "it names no targetSdkVersion; what the platform adds for old targets is unknown",
        "未写 targetSdkVersion，系统为旧目标版本附加的权限未知",
    ),
    ("may load code from elsewhere: {}", "可能从别处加载代码：{}"),
    ("list not supplied: {}", "未提供清单：{}"),
    // Policies, and files that are none or no package.
    ("tells no rule in words and holds {} picture(s), which were not read", "没有文字规则，有 {} 张图片，图片未读取"),
    ("{}: {} bytes, more than the {} a policy may have", "{}：{} 字节，超过政策文件上限 {}"),
    (
        "{}: looks like {}, expected text, HTML, Markdown, DOCX or PDF",
        "{}：像是 {}，应为文本、HTML、Markdown、DOCX 或 PDF",
    ),
    (
        "{}: binary data, expected text, HTML, Markdown, DOCX or PDF",
        "{}：二进制数据，应为文本、HTML、Markdown、DOCX 或 PDF",
    ),
    ("{}: only {} letters of readable text, too few for a policy", "{}：仅有 {} 个可读字符，不足以成为政策"),
    (
        "{}: no policy: not a word about privacy, personal information or terms of use",
        "{}：不是政策：没有关于隐私、个人信息或使用条款的文字",
    ),
    ("{}: unreadable {}: {}", "{}：{} 不可读：{}"),
    ("{}: no text layer: an image-only PDF of {} pages", "{}：没有文字层：仅有图片的 PDF，共 {} 页"),
    ("{}: a PDF that is locked with a password", "{}：PDF 已加密，需要密码"),
    (
        "{}: no text layer: the fonts of this PDF of {} pages do not say which characters their shapes are",
        "{}：没有文字层：PDF 的字体未注明字符，共 {} 页",
    ),
    ("{}: hardly a word and {} picture(s), which were not read", "{}：几乎没有文字，有 {} 张图片，图片未读取"),
    (
        "{}: no such file; expected an Android package (.apk, .apks, .xapk, .apkm) or an AndroidManifest.xml",
        "{}：没有这个文件；应为安装包（.apk、.apks、.xapk、.apkm）或 AndroidManifest.xml",
    ),
    (
        "{}: a directory without an AndroidManifest.xml and without .apk files; expected a folder of splits or a source tree",
        "{}：目录中没有 AndroidManifest.xml，也没有 .apk 文件；应为分包目录或源码目录",
    ),
    ("{}: the file is empty; expected an Android package", "{}：文件为空；应为安装包"),
    ("{}: the file is empty", "{}：文件为空"),
    (
        "{}: not an Android package: {}; expected a ZIP archive or an AndroidManifest.xml",
        "{}：不是安装包：{}；应为 ZIP 压缩包或 AndroidManifest.xml",
    ),
    ("{}: a damaged ZIP archive: {}", "{}：ZIP 压缩包损坏：{}"),
    (
        "{}: a ZIP archive without AndroidManifest.xml and without APKs in it; expected an Android package",
        "{}：ZIP 压缩包中没有 AndroidManifest.xml，也没有 APK；应为安装包",
    ),
    ("{}: the manifest cannot be read: {}", "{}：清单不可读：{}"),
    ("{}: line {}: {}; expected an Android manifest as XML text", "{}：第 {} 行：{}；应为 XML 文本的 Android 清单"),
    (
        "{}: a split set without a base APK; expected one APK whose manifest names no split",
        "{}：分包集中没有基础包；应有一个清单未写 split 的 APK",
    ),
    ("{}: the APKs in it exceed the limit of {}", "{}：其中的 APK 超过上限 {}"),
    ("{}: {} exceed the limit of {}", "{}：{} 超过上限 {}"),
    (
        "{}: an Android App Bundle, which devices cannot install; build an APK set from it \
         (bundletool build-apks --bundle=FILE.aab --output=FILE.apks) and give that",
        "{}：这是 Android App Bundle，设备不能安装；请由它生成 APK 集\
         （bundletool build-apks --bundle=FILE.aab --output=FILE.apks）再审计",
    ),
    ("{}: cannot be read: {}", "{}：不可读：{}"),
    // Entries and dex files that could not be read.
    ("reading it failed: {}", "读取失败：{}"),
    ("it does not lie within the archive", "其位置不在压缩包内"),
    ("its compressed data is damaged", "压缩数据损坏"),
    ("it claims to be encrypted, and its data cannot be read", "标记为已加密，数据无法读取"),
    ("it inflates to more than the limit of {} bytes", "解压后超过 {} 字节的上限"),
    ("does not begin with the magic of a dex file", "开头不是 dex 文件标识"),
    ("is of dex version {}; 035 to 041 are known", "dex 版本为 {}，已知版本为 035 至 041"),
    ("ends within its header, after {} bytes", "在文件头内结束，仅 {} 字节"),
    ("is not little-endian", "不是小端序"),
    (
        "says its {} table has {} entries at offset {}, outside its {} bytes",
        "声称 {} 表有 {} 项、位于 {}，超出其 {} 字节",
    ),
    ("has {} of {} classes without a readable name", "{} 个类名无法读取（共 {} 个）"),
    (
        "has {} methods whose instructions lie outside the file or cannot be followed",
        "{} 个方法的指令在文件之外或无法读下去",
    ),
    ("was read up to class {} of {}, where the time limit was reached", "读到第 {} 个类（共 {} 个）时达到时限"),
    ("claims more instructions than it has bytes", "声称的指令多于其字节"),
    // How an archive departs from the format.
    ("{} claims compression method {}; Android reads it as stored", "{} 声称压缩方法 {}，Android 按未压缩读取"),
    ("{} claims to be encrypted; Android ignores that", "{} 标记为已加密，Android 不予理会"),
    ("{} claims {} bytes and holds {}", "{} 声称 {} 字节，实为 {} 字节"),
    (
        "{} has another compression method in its local header than in the directory",
        "{} 本地文件头与目录中的压缩方法不同",
    ),
    ("{} has another name in its local header", "{} 本地文件头中的名称不同"),
    ("{} is longer than the directory says", "{} 比目录所称更长"),
    ("{} stands in the archive more than once; the first is read", "{} 在压缩包中出现多次，读取第一个"),
    ("and {} more of the same kind", "另有同类 {} 处"),
    ("desktop ZIP tools refuse this archive: {}", "桌面 ZIP 工具拒绝此压缩包：{}"),
    ("desktop ZIP tools see {} entries where Android sees {}", "桌面 ZIP 工具看到 {} 个条目，Android 看到 {} 个"),
    ("{} bytes stand before the archive; its offsets do not count them", "压缩包之前有 {} 字节，其偏移未计入"),
    ("the end record understates the size of the central directory", "结尾记录少报了中央目录的大小"),
    ("the end record promises {} entries, {} can be read", "结尾记录称有 {} 个条目，可读 {} 个"),
    (
        "the end record counts {} entries, {} more follow that Android does not see",
        "结尾记录计 {} 个条目，其后另有 {} 个 Android 看不到",
    ),
    ("a further end record stands behind the one that is valid", "有效的结尾记录之后还有一个结尾记录"),
    ("the end record claims a comment of {} bytes, {} bytes follow it", "结尾记录称注释有 {} 字节，其后有 {} 字节"),
    ("the 64-bit end record is missing where its locator points", "64 位结尾记录不在其定位处"),
    (
        "{} is missing; {} dex files numbered behind it are not loaded by Android",
        "缺少 {}；其后编号的 {} 个 dex 文件 Android 不会加载",
    ),
    // How a manifest or a signature does.
    ("{} is asked for here only; Android takes permissions from the base", "仅此处申请 {}；Android 以基础包的权限为准"),
    (
        "the manifest asks for {} at {} {}, in a place where Android ignores it",
        "清单在 Android 不理会的位置（{1} {2}）申请 {0}",
    ),
    (
        "the manifest asks for {} further permissions where Android ignores them",
        "清单还在 Android 不理会的位置申请 {} 项权限",
    ),
    (
        "{} elements of the manifest carry attributes out of order, which Android does not find",
        "清单中 {} 个元素的属性乱序，Android 找不到它们",
    ),
    (
        "the manifest holds {} attributes whose names are blank or wrong; Android goes by their resource ids",
        "清单有 {} 个属性名为空或错误，Android 以资源 id 为准",
    ),
    (
        "the manifest holds {} attributes outside the platform's namespace; Android goes by their resource ids",
        "清单有 {} 个属性不在系统命名空间，Android 以资源 id 为准",
    ),
    ("a second <application> stands at {} {}", "第二个 <application> 位于 {} {}"),
    ("the manifest claims chunk type {} where binary XML has 0x0003", "清单的块类型为 {}，二进制 XML 应为 0x0003"),
    ("the manifest holds {} chunks that mean nothing", "清单有 {} 个无意义的块"),
    ("the signing block cannot be read: {}", "签名块无法读取：{}"),
    ("{} holds no certificate that can be read", "{} 中没有可读取的证书"),
    ("{} cannot be read: {}", "{} 无法读取：{}"),
];

/// Parts of sentences.
const PARTS: &[(&str, &str)] = &[
    ("a dex file", "dex 文件"),
    ("a dex file under another name", "改了名的 dex 文件"),
    ("a package under another name", "改了名的安装包"),
    ("a package", "安装包"),
    ("a JAR file", "JAR 文件"),
    ("byte", "字节"),
    ("line", "行"),
    ("it is text", "是文本"),
    ("it is a PDF file", "是 PDF 文件"),
    ("it is a native library", "是原生库"),
    ("it is a gzip file", "是 gzip 文件"),
    ("it is a RAR archive", "是 RAR 压缩包"),
    ("it is a 7z archive", "是 7z 压缩包"),
    ("it is a dex file taken out of its package; give the whole APK", "是从安装包中取出的 dex 文件，请提供完整 APK"),
    (
        "it starts like a ZIP archive but has no end record; the file may be cut off",
        "开头是 ZIP 压缩包而没有结尾记录，文件可能被截断",
    ),
    ("it has no ZIP end record", "没有 ZIP 结尾记录"),
    ("its compressed data is damaged", "压缩数据损坏"),
    ("it is not binary XML", "不是二进制 XML"),
    ("it is cut off or has a chunk that does not fit at byte {}", "被截断，或第 {} 字节处的块不合"),
    ("it holds no element", "没有任何元素"),
    ("the central directory would lie behind its own end record", "中央目录位于其结尾记录之后"),
    ("the end record promises {} entries, none can be read", "结尾记录称有 {} 个条目，均不可读"),
    ("scripts in the assets or from a server", "资源目录中或来自服务器的脚本"),
    ("scripts in the assets", "资源目录中的脚本"),
    ("scripts in {}", "{} 中的脚本"),
    ("native code and scripts", "原生代码和脚本"),
    ("native code", "原生代码"),
    ("Dart code compiled into {}", "编译进 {} 的 Dart 代码"),
    ("Python code in the assets", "资源目录中的 Python 代码"),
    ("C# code in {} or {}", "{} 或 {} 中的 C# 代码"),
    (".NET code in the assemblies", "程序集中的 .NET 代码"),
];

/// A sentence of the readers in the language of the report.
pub(super) fn told(sentence: &str, lang: Lang) -> String {
    if lang == Lang::En {
        return sentence.to_owned();
    }
    // What a split tells begins with its name.
    let split = sentence.split_once(": ").filter(|(name, _)| !name.contains(' '));
    let of_split = split.and_then(|(name, rest)| Some(format!("{name}：{}", translate(SENTENCES, rest)?)));
    of_split
        .or_else(|| translate(SENTENCES, sentence))
        .or_else(|| {
            translate(SENTENCES, &format!("{NOWHERE}: {sentence}")).map(|t| t.replacen(&format!("{NOWHERE}："), "", 1))
        })
        .unwrap_or_else(|| sentence.to_owned())
}

/// Stands for the file of a sentence that was kept beside its file.
const NOWHERE: &str = "\u{0}";

fn translate(table: &[(&str, &str)], sentence: &str) -> Option<String> {
    table.iter().find_map(|(en, zh)| {
        let gaps = gaps(en, sentence)?;
        let gaps: Vec<String> = gaps.into_iter().map(|gap| part(gap).unwrap_or_else(|| gap.to_owned())).collect();
        Some(filled(zh, &gaps))
    })
}

fn part(text: &str) -> Option<String> {
    PARTS.iter().find_map(|(en, zh)| {
        let gaps: Vec<String> = gaps(en, text)?.into_iter().map(str::to_owned).collect();
        Some(filled(zh, &gaps))
    })
}

/// What stands in the gaps of a pattern that fits the whole sentence; each gap ends where the text after it first stands.
fn gaps<'t>(pattern: &str, sentence: &'t str) -> Option<Vec<&'t str>> {
    let mut fixed = pattern.split("{}");
    let mut rest = sentence.strip_prefix(fixed.next()?)?;
    let mut out = Vec::new();
    let mut fixed = fixed.peekable();
    while let Some(text) = fixed.next() {
        let end = if fixed.peek().is_none() { rest.len().checked_sub(text.len())? } else { rest.find(text)? };
        let (gap, tail) = (rest.get(..end)?, rest.get(end..)?);
        rest = tail.strip_prefix(text)?;
        out.push(gap);
    }
    rest.is_empty().then_some(out)
}

/// Puts the gaps into a pattern: `{}` takes the next, `{1}` the one of this number.
fn filled(pattern: &str, gaps: &[String]) -> String {
    let mut out = String::new();
    let mut next = 0;
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((number, after)) = after.split_once('}') else { break };
        out.push_str(before);
        let place = number.parse().unwrap_or_else(|_| {
            next += 1;
            next - 1
        });
        out.push_str(gaps.get(place).map_or("", String::as_str));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    fn zh(text: &str) -> String {
        told(text, Lang::Zh)
    }

    #[test]
    fn sentences_in_chinese() {
        assert_eq!(zh("a dex file that is not loaded with the app was not read"), "dex 文件，不随应用加载，未读取");
        assert_eq!(
            zh("a dex file under another name that is not loaded with the app was not read"),
            "改了名的 dex 文件，不随应用加载，未读取"
        );
        assert_eq!(zh("split_a.apk: m claims 5 bytes and holds 7"), "split_a.apk：m 声称 5 字节，实为 7 字节");
        assert_eq!(
            zh("the manifest asks for uses-permission X at byte 12, in a place where Android ignores it"),
            "清单在 Android 不理会的位置（字节 12）申请 uses-permission X"
        );
        assert_eq!(
            zh("unity: C# code in libil2cpp.so or assets/bin/Data is not read, and can call the platform itself"),
            "unity：libil2cpp.so 或 assets/bin/Data 中的 C# 代码未读取，且可自行调用系统接口"
        );
        assert_eq!(
            zh("/a/b.apk: not an Android package: it is text; expected a ZIP archive or an AndroidManifest.xml"),
            "/a/b.apk：不是安装包：是文本；应为 ZIP 压缩包或 AndroidManifest.xml"
        );
        assert_eq!(
            zh("p.pdf: no text layer: an image-only PDF of 3 pages"),
            "p.pdf：没有文字层：仅有图片的 PDF，共 3 页"
        );
        assert_eq!(zh("something new"), "something new");
        let split = zh("split_a.apk: the signing block cannot be read: it ends");
        assert_eq!(split, "split_a.apk：签名块无法读取：it ends");
        assert_eq!(told("and 3 more of the same kind", Lang::En), "and 3 more of the same kind");
    }

    #[test]
    fn as_many_gaps_in_both() {
        let count = |text: &str| text.matches('{').count();
        for (en, zh) in SENTENCES.iter().chain(PARTS) {
            assert_eq!(count(en), count(zh), "{en}");
            assert!(!en.contains("{}{}"), "{en}: a gap must end somewhere");
        }
    }

    #[test]
    fn every_framework_has_chinese() {
        for framework in &Catalogue::builtin().code_marks().frameworks {
            assert!(part(&framework.elsewhere).is_some(), "{}", framework.elsewhere);
        }
    }
}
