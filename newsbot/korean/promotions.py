"""Lines that call the reader to something else: other articles, channels, tips to the newsroom, donations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsbot.korean.passages import Passage

_LONGEST = 260
_LONGEST_BUTTON = 24
_MOST_LINKS = 8  # under one head
_POINTER = re.compile(r"[▶☞◎▷►➡→☎◀■□※*●△☛✔✅📌🔗👉「\[<]|[-·]\s")
PROMOTED = re.compile(
    r"제보(?:는|하기|하려면|를|해|가|로|\s?[:및]|·)|okjebo|구독|카카오톡|카톡|텔레그램|뉴스레터|팔로[우잉]|채널\s?(?:추가|구독|'|‘)|바로\s?가기"
    r"|관련\s?기사|다른\s?기사|인기\s?기사|주요\s?뉴스|추천\s?(?:뉴스|기사)|많이\s?본|기사\s?(?:보기|원문|더)|영상(?:으로)?\s?(?:보기|구독)|앱\s?(?:다운|설치)"
    r"|클릭|홈페이지\s?:|네이버(?:에서|\s?(?:뉴스|포스트|메인))|유튜브(?:에서|\s?(?:채널|구독))|페이스북\s?(?:에서|페이지)|인스타그램\s?(?:에서|팔로)"
    r"|무료\s?(?:만화|운세|체험)|운세\s?보기|취재\s?문의|기사\s?문의|보도자료|광고\s?문의|이벤트\s?참여|핫\s?뉴스|더\s?보기|공감언론"
)
_LINK_MARKS = frozenset("☞▶►➡👉")
_SUBSCRIBE = re.compile(
    r"[^.?!\n]{0,30}(?:네이버|다음|카카오톡|카톡|유튜브|구글|페이스북|인스타그램|텔레그램|포털)[^.?!\n]{0,40}"
    r"(?:(?:구독|추가|팔로[우잉])(?:하기|하세요|해\s?(?:주세요|보세요))|(?:채널|친구)\s?추가|바로\s?가기|더\s?보기)[.!~]?"
    r"|[^.?!\n]{2,20}\s앱[^.?!\n]{0,20}(?:다운(?:로드|받기)|설치하기)[.!~]?"
    r"|[^.?!\n]{0,20}(?:뉴스|방송|신문|일보|[A-Z]{2,5})[^.?!\n]{0,24}제보를?\s?기다립니다[.!]?"
)
_MORE_BY = re.compile(r".{0,30}(?:다른\s?기사\s?(?:더\s?)?보기|기사\s?더\s?보기)")
_CONTACT = re.compile(
    r"[\[▷△▶☎※*-]?\s*(?:이메일|e-?mail|메일|언론\s?연락처|전화|카카오톡|카톡|사이트|홈페이지|문의|팩스|텔레그램|유튜브|네이버|페이스북|인스타그램|트위터)\s*[:\]]"
    r"|[▷△▶☎]\s?(?:이메일|e-?mail|전화|카카오톡|카톡|팩스|문자|홈페이지)\s+[@0-9A-Za-z'‘+]",
    re.I,
)
_FACT = re.compile(
    r"\W{0,2}(?:일시|때|날짜|장소|곳|위치|대상|기간|시간|요금|입장료|참가비|관람료|신청)\s?[:：]\s?\S"
)
_INQUIRY = re.compile(r"\W{0,2}(?:문의|전화|홈페이지|누리집)\s?[:：]")
_PLACEHOLDER = re.compile(
    r"0?0:00(?:\s?/\s?\d{1,2}:\d\d)?|\$\$\w{2,30}\$\$|\{\{[^{}\n]{1,40}\}\}|\[{1,2}(?:AD|광고)\d?\]{1,2}|[-–—\s]{0,4}(?:광고|AD|ADVERTISEMENT|Advertisement)[-–—\s]{0,4}"
)
_HASHTAGS = re.compile(r"(?:#[^\s#]{1,30}[\s,]*){1,30}")
_CALLING = re.compile(r"[^.?!\n]{2,60}\(\s?클릭\s?!*\s?\)[.!]?|(?:좋아요|싫어요|공감|댓글)\s?\d{0,6}")
_NEWSROOM_CONTACT = re.compile(
    r"(?:[가-힣A-Za-z0-9]{2,12}\s)?(?:기사\s?)?(?:문의\s?(?:및\s?)?제보|제보\s?(?:및\s?)?문의|생방송\s?만나보기)(?:\s?[:：].{2,60})?"
)
_ARTICLE_LINK = re.compile(
    r"[▶☞■※*\[]?\s?(?:(?:기사|뉴스)\s?(?:원문|링크|주소|보기)|원문(?:\s?(?:보기|링크|주소|기사))?|출처(?:\s?링크)?|링크|URL)"
    r"\s*\]?\s*[-:=]?\s*https?://\S+|\[출처\]\s?[^\n]{2,120}\s?[|│]\s?작성자\s?[^\n]{1,30}",
    re.I,
)
_IS_NOTE = re.compile(r"※\s?(?:이|본) (?:기사|글|콘텐츠)[는을][^\n]{0,200}[다요]\.?$")  # how it was made
_HEADS_LINKS = re.compile(
    r"[\[<〈【◇■▶\s]{0,3}(?:관련|연관|많이\s?본|인기|추천|주요|최신|이\s?시각|함께\s?(?:볼|보면)|다른)"
    r"\s?(?:만한|좋은|주요|인기)?\s?(?:기사|뉴스|글)(?:\s?더\s?보기)?[\]>〉】:\s]{0,3}"
)
_ADDRESS = re.compile(r"[▶☞■※]?\s?(?:https?://|www\.)[^\s가-힣]+")
# What stands on the buttons and counters around an article, and comes along when it is copied.
_BUTTON = re.compile(
    r"(?:기자\s)?구독(?:중|하기|자)?(?:\s?[\d,]+)?|기자\s?(?:프로필|페이지|구독|홈)|응원(?:하기|수)?(?:\s?[\d,]+)?"
    r"|(?:SNS\s?|기사\s?)?공유(?:하기|됨)?"
    r"|(?:본문\s?)?(?:글자|글씨|폰트)\s?(?:크기|확대|축소)"
    r"(?:\s?(?:조절|변경|설정))*"
    r"|본문\s?(?:듣기|요약|바로가기)|(?:음성|기사)\s?(?:으로\s)?듣기|글씨\s?(?:작게|크게)|(?:URL|주소)\s?복사"
    r"|(?:기사\s?)?(?:스크랩|인쇄|프린트)(?:하기)?"
    r"|이메일\s?(?:보내기|공유)|북마크|목록(?:보기|으로)?|이 기사를 추천합니다|기사 섹션 분류 안내"
    r"|(?:쏠쏠정보|흥미진진|공감백배|분석탁월|후속강추|훈훈해요|슬퍼요|화나요|놀랐어요|후속기사\s?원해요"
    r"|유익해요|추천해요|팬이에요)(?:\s?[\d,]+)?"
)
_MOTTO = re.compile(r"[☞◎]\s?[^.?!@]{2,40}\s[\w.+-]+@[\w.-]+")  # ``☞언제나 곁에, 마을신문 hong@…``
_ANYWHERE = (
    _ARTICLE_LINK,
    _SUBSCRIBE,
    _MORE_BY,
    _MOTTO,
    _PLACEHOLDER,
    _HASHTAGS,
    _CALLING,
    _NEWSROOM_CONTACT,
)
# Each with words one of which it cannot be without: asking for them is far quicker than the form itself.
_WORDED = tuple(
    (tuple(words.split("|")), re.compile(form))
    for words, form in (
        (
            "뉴스레터",
            r"[^\n]{0,50}뉴스레터[^\n]{0,30}(?:구독|신청|받아보)(?:하기|하세요|해\s?주세요|세요)?[.!]?"
            r"(?:\s[^\n]{1,60})?",
        ),
        (
            "후원",
            r"(?:이 기사가|이 글이|독자 여러분의|여러분의)[^\n]{0,60}후원[^\n]{0,120}"
            r"|후원\s?(?:계좌|문의|회원)\s?[:：][^\n]{3,80}",
        ),
        ("후원", r"[^\n]{0,80}후원(?:하기|하러 가기|해 주세요|해주세요)[.!]?"),
        (
            "정기구독|정기 구독",
            r"[^\n]{0,50}정기\s?구독\s?(?:신청|문의|안내)?\s?[:：]?\s?[\d☎(][\d\s~-]{6,20}[^\n]{0,20}",
        ),
        (
            "만나",
            r"[^.?!\n]{0,40}(?:유튜브|채널|홈페이지|누리집|앱)[^.?!\n]{0,40}"
            r"만나(?:보세요|보실 수 있습니다|실 수 있습니다)[.!]?",
        ),
        (
            "관련",
            r"[▲■●◆▶▷\[<〈]\s?관련\s?(?:기사|뉴스)[^.?!\n]{0,80}|관련\s?(?:기사|뉴스)\s?(?:[:：][^\n]{0,80})?",
        ),
        (
            "에서 더 많은|에서 더 자세한|에서 더 다양한",
            r"[^.?!\n]{0,30}(?:홈페이지|누리집|앱|유튜브|채널)[^.?!\n]{0,12}에서"
            r" 더 (?:많은|자세한|다양한) (?:기사|뉴스|소식|영상)[^.?!\n]{0,20}"
            r"(?:보실|만나실|확인하실|볼|만날) 수 있습니다\.?",
        ),
        (
            "좋은 기사|볼 기사|읽을 기사|볼만한 기사|좋은 뉴스|함께 읽기|같이 읽기|이어 읽기",
            r"\W{0,3}(?:함께|같이|이어) (?:읽기|보기)\W{0,3}"
            r"|\W{0,3}(?:함께|같이) (?:보면|볼|읽으면|읽을)\s?(?:좋은|만한)?\s?(?:기사|뉴스)\W{0,3}",
        ),
        (
            "보도자료입니다|뉴스입니다",
            r"(?:이|본) (?:보도자료|뉴스|기사)는 [^\n]{2,80}(?:배포한|제공한) (?:뉴스|보도자료)입니다\.?",
        ),
        (
            "제보",
            r"(?:[가-힣A-Za-z0-9]{2,12}\s)?(?:기사|뉴스)?\s?제보\s?(?:메일|이메일|전화|접수)?\s?[:：]?\s?"
            r"(?:[\w.+-]+@[\w.-]+|0\d{1,2}[)-]\d{3,4}-\d{4})",
        ),
        ("바로가기|바로 가기", r"[^.?!\n]{0,30}(?:홈페이지|누리집|사이트|원문|기사|뉴스)\s?바로\s?가기"),
        (
            "좋아요|구독",
            r"[^.?!\n]{0,40}(?:좋아요|구독|추천)['’”\"]?\s?(?:버튼)?[을를]?\s?(?:꾹\s?)?눌러\s?(?:주세요|주시)[^.\n]{0,20}"
            r"|[^.?!\n]{0,30}(?:좋아요|구독)[^.?!\n]{0,20}(?:힘이 됩니다|부탁드립니다|부탁해요)[.!]?",
        ),
        ("게시물은", r"\[이 게시물은 [^\[\]\n]{4,120}(?:복사|이동)\s?(?:됨|되었습니다)\s?\]"),  # of Gnuboard
        (
            "트위터|페이스북|인스타그램",
            r"(?:(?:X\s?\(?트위터\)?|트위터|페이스북|인스타그램)\s?:?\s?"
            r"(?:@[\w.]{2,30}|[\w.-]{2,30}/[\w./-]{2,40})[\s,/]*){1,4}",
        ),
        ("제보하기", r"제보하기\s?(?:[▷▶☎:：][^\n]{2,100})?"),
        (
            "공유|좋아요|싫어요|인쇄|스크랩|추천",
            r"(?:(?:좋아요|싫어요|비?추천|공감|댓글|공유(?:하기)?|스크랩|인쇄|프린트|목록)\s?\d{0,6}\s*){2,8}",
        ),
        (
            "면에서|면으로|면에 계속",
            r"[▶☞◀▷(<\[]?\s?\d{1,2}면(?:에서|으로|에)\s?(?:계속|이어집니다|이어짐)\s?[)>\]]?",
        ),
        (
            "만족",
            r"[^.?\n]{0,40}(?:정보|페이지|내용)[^.?\n]{0,20}만족하(?:십니까|시나요|셨습니까)\?[^\n]{0,60}",
        ),
        (
            "광고 뒤에|광고 후에",
            r"[^.\n]{0,8}(?:기사|본문|글)[는은이가]? 광고 [뒤후]에 (?:계속|이어)[^.\n]{0,8}\.?",
        ),
        (
            "태그|키워드",
            r"(?:관련|연관|해시)\s?태그\s?[:：]?\s[^.?!\n]{2,60}|(?:태그|키워드)\s?[:：]\s[^.?!\n]{2,60}",
        ),
        ("공유합니다|안 본 뉴스", r"이 기사를 공유합니다\.?|당신만 안 본 뉴스"),
        (
            "삭제한 댓글",
            r"(?:댓글\s?삭제\s*)?삭제한 댓글은 다시 복구할 수 없습니다\.[^\n]{0,40}",
        ),
        (
            "읽어드립니다|읽어 드립니다|들어보세요|들어 보세요|does not support",
            r"(?:이\s)?기사를 (?:음성으로 )?들어\s?보세요[.!]?"
            r"|[^.\n]{0,20}읽어\s?드립니다\.?|Your browser does not support[^\n]{0,40}",
        ),
        (
            "필진|기고|칼럼|외부",
            r"[※*\s]{0,3}(?:외부|이|본)\s?(?:외부\s)?(?:필진|기고|칼럼|글|필자)[^\n]{0,60}"
            r"(?:다를 수|일치하지|무관)[^\n]{0,20}",
        ),
    )
)
_ANY_WORD = re.compile("|".join(word for words, _ in _WORDED for word in words))


def is_promotion(text: str) -> bool:
    """Whether the line calls the reader to something else: other articles, channels, tips to the newsroom."""
    if _CONTACT.match(text) or any(form.fullmatch(text) for form in _ANYWHERE):
        return True
    if len(text) <= _LONGEST_BUTTON and _BUTTON.fullmatch(text):
        return True
    if _ANY_WORD.search(text) and any(
        any(word in text for word in words) and form.fullmatch(text) for words, form in _WORDED
    ):
        return True
    if PROMOTED.search(text) is None or _IS_NOTE.match(text):
        return False
    return _POINTER.match(text) is not None or text.startswith(
        ("제보는", "기사제보", "기사 제보", "취재문의", "기자와")
    )


def is_contact_list(text: str) -> bool:
    """Whether every line of a list says how the newsroom is reached."""
    return len(text) <= _LONGEST and all(_CONTACT.match(line) for line in text.splitlines())


def lists_facts(above: Sequence[Passage], text: str) -> bool:
    """Whether a line goes on with the facts of an event: ``문의 : …`` below ``장소 : …``."""
    if not above or _INQUIRY.match(text) is None:
        return False
    return _FACT.match(above[0].text) is not None


def is_link_below(text: str, promoted: Sequence[str]) -> bool:
    """Whether a line below an article is an address, or stands under a head of links: ``[많이 본 기사]``.

    ``promoted``: the lines of that kind above it.
    """
    if _ADDRESS.fullmatch(text):
        return True
    return any(_HEADS_LINKS.fullmatch(line) for line in promoted[-_MOST_LINKS:])


def is_pointer(text: str) -> bool:
    """Whether a short line points elsewhere: a mark of a link, and no sentence."""
    return len(text) <= 80 and text[:1] in _LINK_MARKS and not text.endswith((".", "?", "!"))
