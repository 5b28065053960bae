//! Short texts of East Asia by the characters that surveys are full of.
//!
//! A header of a few ideographs is too little for statistics of bytes: `성별` is valid in four encodings and likely in
//! none. It is known by its characters: the frequent ones of each language and those of age, sex and satisfaction.

use encoding_rs as whatwg;

use super::label::Encoding;
use super::reader::decode;

const KOREAN: &str = "이가은는을를의에서로고하다요한지기시사도어나인대자만아리정수스보동일제구부장그해주여니라면상들\
    연성별령점족통매우불남녀번호응답시간날짜의견이름나무척전혀않음렇습니다까귀있없질직업월년급";

const JAPANESE: &str = "年齢性別男女満足不度顧客評価回答者職業都道府県名氏番号日時間質問総合理由普通非常良悪意見\
    感想用利購入店員商品代地域会社調査住所電話上下以未満点数月火水木金土一二三四五人大小中高低";

const SIMPLIFIED: &str = "的一是不了在人有我您们对服务满意度吗性别男女年龄编号评论很好差价格高低一般非常产品质量\
    姓名地区城市日期时间问题答案分数总体推荐原因职业学生收入教育程度是否其他选择以上下岁月元请";

const TRADITIONAL: &str = "的一是不了在人有我您們對服務滿意度嗎性別男女年齡編號評論分很好差價格高低普通非常產品質量\
    姓名地區城市日期時間問題答案數總體推薦原因職業學生收入教育程度是否其他選擇以上下歲月元請意見";

/// The encoding in which at least half of what is beyond ASCII are such characters, if there is one.
pub(super) fn by_characters(sample: &[u8]) -> Option<Encoding> {
    let candidates = [
        (whatwg::EUC_KR, KOREAN),
        (whatwg::SHIFT_JIS, JAPANESE),
        (whatwg::EUC_JP, JAPANESE),
        (whatwg::GB18030, SIMPLIFIED),
        (whatwg::BIG5, TRADITIONAL),
    ];
    let mut best: Option<(u64, Encoding)> = None;
    for (page, familiar) in candidates {
        let encoding = Encoding::CodePage(page);
        let (text, wrong) = decode(sample, encoding);
        if wrong > 0 {
            continue;
        }
        let is_familiar = |character: char| {
            familiar.contains(character)
                || familiar == JAPANESE && matches!(character, '\u{3041}'..='\u{30FE}')
        };
        let (mut known, mut all) = (0_u64, 0_u64);
        for character in text.chars().filter(|character| !character.is_ascii() && character.is_alphabetic()) {
            all += 1;
            known += u64::from(is_familiar(character));
        }
        if known > 0 && known * 2 >= all {
            let share = known * 1000 / all;
            if best.is_none_or(|(most, _)| share > most) {
                best = Some((share, encoding));
            }
        }
    }
    best.map(|(_, encoding)| encoding)
}
