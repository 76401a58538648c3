//! Who speaks before a Chinese verb of saying where no word of the codebook names him: 诺瓦克表示，, 渔民们纷纷
//! 表示，, 有的国家指出，. Whoever is the subject of such a verb and not the publisher's own is relayed.

use crate::voice::lexicon::Word;

/// Where he is named, in bytes; `None` where the verb has no subject of its own in its clause, or one that may
/// be the publisher's own.
pub(super) fn speaker(text: &str, verb: &Word<'_>) -> Option<(usize, usize)> {
    let after = &text[verb.end..];
    let said = &text[verb.start..verb.end];
    let says = is_among(SAYING, said) && after.starts_with('，') || is_among(SAYING_SO, said);
    let before = &text[..verb.start];
    let clause = before.rsplit(['，', '。', '；', '：', '！', '？', '“', '”', '\n']).next()?;
    let subject = without_adverbs(clause);
    let named = says
        && !OTHERWISE.split(' ').any(|word| clause.contains(word))
        && !NOBODY.split(' ').any(|word| subject.ends_with(word))
        && !is_chinese_name(without_address(subject))
        && subject.chars().count() >= SUBJECT;
    let start = verb.start - clause.len();
    named.then_some((start, start + subject.len()))
}

fn is_among(words: &str, said: &str) -> bool {
    words.split(' ').any(|word| word == said)
}

/// Verbs that do no more than say; what is said follows a comma.
const SAYING: &str = "表示 指出 认为 强调 坦言 直言 透露";

/// The same with the comma, or with 称, in them.
const SAYING_SO: &str = "称， 评论称 评论说 介绍说 警告说 写道";

/// The shortest subject, in characters.
const SUBJECT: usize = 2;

/// A clause without what stands between its subject and its verb: 使节们在致辞中纷纷, 国际刑事法院也曾.
fn without_adverbs(clause: &str) -> &str {
    let mut subject = clause.trim();
    loop {
        let shorter = ADVERBS.split(' ').find_map(|word| subject.strip_suffix(word));
        let manner = || {
            // 在捐赠仪式上, 在介绍中.
            let cut =
                subject.ends_with(['中', '上', '时', '后']).then(|| subject.rfind('在'))??;
            Some(&subject[..cut])
        };
        match shorter.or_else(manner) {
            Some(rest) => subject = rest.trim_end(),
            None => return subject,
        }
    }
}

/// What stands between a subject and its verb.
const ADVERBS: &str = "还 也 都 均 曾 则 就 早就 早已 已 已经 多次 纷纷 普遍 一致 公开 明确 特别 \
    由衷地 曾经 也曾 近日 日前 今天 昨天 近期 再次 反复 进一步 同时 并 高度 \
    在致辞中 对此 就此 毫不掩饰地 一针见血地";

/// What in a clause tells that its verb says nothing of the kind: it is demanded, denied or only supposed, or
/// a text of law says it.
const OTHERWISE: &str = "不 没有 未 应 必须 需要 要 想 愿 希望 敦促 如果 令人 使 让 可以 值得 \
    有必要 你 我 公报 文件 决议 公约 宪章 》 白皮书 参赞 领事 公使 党的 代办";

/// What ends a clause that has no speaker: 坦率地, 举例来.
const NOBODY: &str = "地 来 所 来看 这 此 事实 实践 历史 数据 大家 是 大会 三方 四方";

/// Whether a subject may be the name of one of the publisher's people: a Chinese surname and one or two more
/// characters, not all of which write foreign names.
fn is_chinese_name(subject: &str) -> bool {
    let is_name = (2..=3).contains(&subject.chars().count());
    is_name
        && subject.starts_with(|c| SURNAMES.contains(c))
        && !subject.chars().all(|c| FOREIGN.contains(c))
}

/// A name without how its bearer is spoken of.
fn without_address(name: &str) -> &str {
    ["女士", "先生"].iter().find_map(|address| name.strip_suffix(address)).unwrap_or(name)
}

/// The commonest surnames.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程\
    魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛阎段雷龙史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常\
    汤康易乔赖文华耿包栗翟丛";

/// The characters that write foreign names.
const FOREIGN: &str = "阿埃艾爱安奥巴白班邦鲍贝本比彼宾波伯博布查达戴道德登迪丁东杜顿多厄恩尔法范菲费芬冯弗福富盖甘戈格\
    贡古哈海汉豪赫亨洪胡华怀霍基吉加贾杰金卡凯坎康考科克肯库昆拉莱赖兰朗劳勒雷里利列林刘卢鲁伦罗洛马麦迈曼芒梅门蒙米\
    明莫默墨穆姆内纳奈南尼涅宁纽诺欧帕潘佩皮珀普奇契乔琼热荣瑞若萨塞桑瑟森沙山尚舍绍申圣施史斯朔司苏索塔泰坦汤特滕提\
    廷图托瓦万威韦维温沃乌武伍西希锡夏肖谢辛休许雅亚扬耶叶伊易因英尤约赞扎詹泽兹季琳娜娅妮莉丽露丝茨别什";
