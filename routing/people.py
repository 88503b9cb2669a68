"""Who a text is about: the writer, or somebody the writer worries about (R16)."""

from __future__ import annotations

import re

from routing.fold import fold_pattern

_SOMEBODY = (
    r"友人|友達|友だち|ともだち|親友|知人|知り合い|同僚|部下|後輩|先輩|教え子|生徒|児童|利用者|相談者|入居者|"
    r"ご近所|近所|お隣|隣|となり|彼氏|彼女|恋人|夫|旦那|だんな|主人|うちの人|うちん人|妻|嫁|家内|"
    r"(?<!を)父|(?<!を)母|親|おやじ|お袋|おとうさん|おかあさん|パパ|ママ|息子|娘|孫|子ども|子供|こども|うちの子|"
    r"兄|姉|弟|妹|おにいちゃん|おねえちゃん|いとこ|祖父|祖母|おじいちゃん|おばあちゃん|じいちゃん|ばあちゃん|"
    r"おじ|おば|姪|甥|ママ友|友|ルームメイト|クラスの子|あの子|あの人|担当している方|一人暮らしの方"
)
_HONORIFIC = (
    r"(?:さん|ちゃん|くん|君|達|たち|の方|の人|の家|のおばあさん|のおじいさん|の子|の奥さん)?"
)
_SPEAKS = re.compile(
    fold_pattern(
        rf"(?:{_SOMEBODY}){_HONORIFIC}(?:が|は|も|のこと|の様子|から「|から相談|って)"
        r"(?!(?:いない|いません|おらん|おらず|ほしい|欲しい|できない|こわい|怖い))"
    )
)
_HARMS_ME = re.compile(
    fold_pattern(
        r"(?:が|は).{0,14}(?:殴|なぐ|叩|たたく|たたいて|蹴|暴力を(?:ふ|振)|暴れ|怒鳴|どな|脅|責め|追い出|"
        r"くれない|くれません|くれん|わかって|理解|反対|触って|さわって|帰ってこない|おこる|いじめる|無視)"
    )
)
_OF_MINE = re.compile(
    fold_pattern(
        r"(?:私|わたし|僕|ぼく|俺|おれ|うち|自分|わし)(?:は|が|も|に|を|の(?:こと|気持ち|体))"
    )
)
_OTHER_TONGUES = re.compile(
    fold_pattern(
        r"\b(?:my|a) (?:\w+ )?(?:friend|neighbo[u]?r|son|daughter|mother|father|brother|sister|"
        r"colleague|classmate|student|child|wife|roommate)\b(?! (?:hits|beats|hit|beat|rape))|"
        r"我(?:的)?(?:朋友|孩子|儿子|兒子|女儿|女兒|妈妈|媽媽|爸爸|邻居|鄰居|同事|同学|同學)|"
        r"(?:친구|아들|딸|아이|엄마|아빠|이웃|동료)(?:가|이|는|은)|"
        r"\b(?:bạn|con|mẹ|bố|hàng xóm) (?:trai |gái )?tôi\b|"
        r"मेरो (?:साथी|छोरा|छोरी|आमा|बुबा)|साथीले|छिमेकी|"
        r"\b(?:kaibigan|anak|nanay|tatay|kapitbahay) ko\b|"
        r"\b(?:teman|anak|ibu|ayah|tetangga) saya\b|"
        r"\b(?:meu|minha) (?:amig[oa]|filh[oa]|mãe|pai|vizinh[oa]|irmã[o]?|coleg[a])\b"
    )
)


def folded_speaks_for_other(folded: str) -> bool:
    """The subject is somebody else and the writer is not the one harmed."""
    if _OTHER_TONGUES.search(folded):
        return True
    if not _SPEAKS.search(folded):
        return False
    return not _HARMS_ME.search(folded) and not _OF_MINE.search(folded)
