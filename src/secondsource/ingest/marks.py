"""Marks: lines that show what they are by their form alone, wherever they stand.

Nothing here knows an agency or an outlet: a credit is "Name Name/NAME", a
dateline "CITY (NAME) -", a byline "By Name Name", whoever is named.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from ..model import Role
from .lines import Line

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = rf"(?:{_MONTH}\s+\d{{1,2}},?\s+(?:19|20)\d\d|\d{{1,2}}\s+{_MONTH},?\s+(?:19|20)\d\d)"
_DATED = re.compile(rf"\b{_DATE}", re.IGNORECASE)

_STAMP_WORDS = frozenset(
    """posted updated published modified created last first on at by a.m p.m am pm gmt utc bst est edt et cst
    cdt ct mst mdt mt pst pdt pt ist cet cest ago hours hour minutes minute mins min days day hrs hr date time
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec of the as local read comments originally""".split()
)
_STAMP_TOKEN = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*|\d+(?:st|nd|rd|th)\b|\d+|T(?=\d)|Z\b")
_NAME = r"[A-Z][\w.'’-]*"
_SLASHED = rf"{_NAME}(?:\s{_NAME}){{0,3}}\s?/\s?[A-Z][\w.'’\s/-]{{1,50}}"
_CREDIT_LINE = re.compile(
    rf"""^\W{{0,3}}(?:(?:{_NAME}\s){{0,4}}via\s[A-Z][\w.'’ /-]{{2,40}}
      |(?i:photos?|image|picture|photograph|video|credit|source|courtesy|graphic|illustration)
       \s?(?i:credit|courtesy|source)?(?:\s?:|\s(?i:by|of))\s?[A-Z@].{{1,80}}
      |(?:{_NAME}\s){{1,4}}(?i:photo|file\sphoto|images|pictures))\W{{0,3}}$""",
    re.VERBOSE,
)
_HOUSE = rf"(?:[A-Z]{{2,}}[\w.-]*(?:[\s/]{_NAME}){{0,3}}|(?:{_NAME}\s){{0,3}}(?:Images|Photo|Press|News))"
_NAME_HOUSE = re.compile(
    rf"""^(?:{_NAME}\s){{0,3}}{_NAME}\s?,\s{_HOUSE}$
      |^(?i:pool|staff|file|courtesy)\s(?i:photo|photograph|image)s?\s(?:by|of|from)\s.{{2,60}}$""",
    re.VERBOSE,
)
_HOUSE_IN_BRACKETS = re.compile(r"[^.!?\s]\s\(([A-Z]{2,5})(?:/[A-Z][\w /-]+)?\)$")
_SLASHED_LINE = re.compile(rf"^\W{{0,3}}{_SLASHED}\W{{0,3}}$")
_REPORTED = re.compile(
    r"""(?:^|[.!?]\s)contributing:\s|\bcontribut(?:ed|ing|ors?)\s(?:reporting\b|to\s(?:(?:this|the|our)\s)?(?:\w+\s)?
         (?:reports?|reporting|story|article|coverage|post|piece|dispatch)\b|from\s).{0,60}$
      |\b(?:writers?|reporters?|staff|correspondents?)\s[^.!?]{3,160}\scontributed\W{0,3}$
      |^\W{0,4}(?:additional\s|further\s)?(?:reporting|writing|editing|compiled|produced|edited|graphics?)
       (?:\sand\s\w+)?\sby\b
      |^\W{0,4}(?:this|the)\s(?:story|report|article|piece)\s(?:was|has\sbeen|is|originally|first|contains|includes)\b
       .{0,80}\b(?:reported|written|produced|published|appeared|material|reporting|provided|by|from)\b
      |^[^.!?]{2,60},?\swith\s(?:additional\s|further\s)?reporting\s(?:by|from)\s[^.!?]{2,80}\W?$
      |^\W{0,4}(?:with|includes?)\s(?:additional\s)?(?:files?|reporting|reports?|material)\s(?:from|by)\b
      |^\W{0,3}[-–—]{1,2}\s?with\s(?:additional\s)?(?:assistance|reporting|files)\b
      |\b(?:reported|reporting)\sfrom\s[A-Z][\w .]+(?:,|\sand)\s.{0,80}\bfrom\s[A-Z]""",
    re.VERBOSE | re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:^|\s)(?:©|\(c\)|copyright)\s?(?:©\s?|\(c\)\s?)?(?:19|20)\d\d|^©|^copyright\b|all rights reserved"
    r"|may not be (?:published|reproduced|reprinted)",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(rf"^[-–—]{{1,2}}\s?(?:by\s)?(?:{_NAME}|the)(?:,?\s(?:{_NAME}|and|the|of|&)){{0,7}}$")
_BYLINE = re.compile(
    r"^\W{0,2}(?:(?:(?:written|reported|story|posted|analysis|column|words)\s+)?|[^.!?]{3,40}\s[—–|-]\s)by:?\s+\S",
    re.IGNORECASE,
)
_BYLINE_SMALL = frozenset(
    "by and for of the in at on with to from special staff writer reporter via de la van von bin al".split()
)
_FROM = re.compile(rf"^[Ff]rom {_NAME}(?:,?\s(?:{_NAME}|and|&)){{1,6}}$")
_NAMED_STAMP = re.compile(
    r"""^(?:(?:[A-Z][\w.'’-]*|[,|-]|and)[,|]?\s+){1,8}(?i:posted|published|updated)\b:?\s.{0,60}\d
      |^(?i:posted|published|updated)\b:?\s.{0,60}\d.{0,30}\b(?i:by)\s[A-Z]
      |^[A-Z][^.!?]{3,60}\s(?:Posted|Published|Updated)\s\d{1,2}[:.]\d\d""",
    re.VERBOSE,
)
_DATELINE_ALONE = re.compile(
    r"""^(?:[A-Z][A-Z.'’\s/-]+(?:,\s[A-Z][\w.]+)?\s?)?\([A-Z][\w.&'’/\s-]{1,30}\)\W{0,3}$
      |^[A-Z][A-Z.'’\s/-]+(?:,\s[A-Z][\w.]+)?\s?[—–-]+$""",
    re.VERBOSE,
)
_POST = re.compile(
    r"\b(?:reporter|editor|correspondent|writer|columnist|contributor|producer|staff|bureau chief)\b\W*$",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"""\b(?:(?:file|handout|undated|booking)\s(?:photo|picture|image)(?:graph)?s?|screen\s?(?:grab|shot|capture)\s(?:from|of|taken)
         |frame\sgrab|view\sfull\scaption|(?:hide|toggle)\scaption)\b
      |^\W{0,3}(?:in\s)?(?:this|these)\s[^.!?]{0,60}?\b(?:photos?|images?|pictures?|frames?|combination)(?:,|\s(?:shows?
        |provided|released|made|taken|from|posted|obtained|by|courtesy|grab))
      |^\W{0,3}(?:an?\s|the\s)?(?:general|aerial|combination|courtesy)\s(?:view|photo|photograph|picture|image)\b
      |\((?:[^()]{0,60}\s)?(?:photo|photograph|image|picture|courtesy|credit)s?\b[^()]{0,80}\)\W{0,2}$
      |\b(?:is|are)\s(?:seen|pictured|shown)\s(?:here|above|below|left|right|in\sthis|in\san?\s(?:\w+\s)?(?:photo|picture|image))\b
      |,\s(?:seen|pictured|shown)\s(?:here|above|below|in\sthis)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_SHOT_BY = re.compile(
    r"(?:^|[.!?)\]:]\s*)(?:Photos?|PHOTOS?|Photograph|Image|Picture|Credit|CREDIT|Courtesy|COURTESY)"
    r"(?:\s(?:by|of|credit|courtesy|BY|OF))*\s?:?\s[A-Z@][^!?]{1,80}$"
)
_CREDITED = re.compile(
    rf"""[.!?]["'”’]?\s*\(?(?:{_SLASHED}|{_NAME}(?:\s{_NAME}){{0,4}}\s(?:Images|Photo|Photos|Pictures))\W{{0,2}}$"""
)
_SIDES = re.compile(
    r"\((?:[LRC]|left|right|cent(?:er|re)|top|bottom|front|back|rear|[2-9](?:nd|rd|th)?\s?[LR]|[LRC]-[LRC])\)|,\s(?:left|right|cent(?:er|re)),"
)
_LABELLED = re.compile(
    r"^\W{0,3}(?:gallery|video|photos?|slideshow|caption|pictured|image|pictures|audio|listen)\b\s?(?::|\|)\s?\S",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"""^\W{0,3}(?:read\s(?:more|also|next|this|the\sfull\s\w+)|see(?:\s(?:also|more))?|previous(?:ly|\s\w+)?|earlier|quiz
       |related\s\w+|also\son\s\w+|also\s(?:read|see)|related|more
       |more\s(?:on|from|in|about|stories)\b[^:.]{0,40}|further\sreading|up\snext|don['’]t\smiss|recommended|must[\s-](?:read|watch)
       |opinion|watch|listen|trending|top\sstories)\s?(?::|\||>|»|–|—)\s?\S""",
    re.VERBOSE | re.IGNORECASE,
)
_HEADS = re.compile(
    r"^\W{0,3}(?:read|see|watch|more|related|also|recommended|trending|popular|top stories)\b[^.:!?]{0,50}:$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"""^\W{0,3}(?:(?:please\s)?(?:sign|click|subscribe|follow|like|join|download|get|tap|enter|check|visit|watch|listen|read
       |see|share|send|email|e-mail|contact|support|register|log|add|chat|stay|find|try|receive|submit|tweet|browse|access
       |reach|start|become|help|play|view|open|learn|discover|explore|have|want|got|not|already|never|keep|choose|select|refresh|enable)\b
       |for\s(?:more|the\slatest)\b|(?:the\s)?latest\s)""",
    re.VERBOSE | re.IGNORECASE,
)
_WEB = re.compile(
    r"""\b(?:newsletters?|inbox|facebook|twitter|instagram|youtube|snapchat|whatsapp|messenger|apps?\b|notifications?|alerts?
       |subscri\w+|log\s?in|sign\s(?:in|up)|cookies?|podcasts?|this\s(?:video|page|site|article|story)|our\s(?:\w+\s)?(?:app|page|site|
       website|channel|free|daily|weekly|coverage|membership)|click\shere|reprint|permissions?|your\s(?:account|browser|e-?mail|device|
       feed|settings)|javascript|radio\shere|here\s?:?$|unlimited\saccess)|https?://|www\.|@\w|\w\.com\b|\w\.org\b""",
    re.VERBOSE | re.IGNORECASE,
)
_BIO = re.compile(
    r"""\b(?:follow|reach|contact|e-?mail)\s(?:him|her|them|me|us|the\s(?:author|writer|reporter|columnist))\s(?:on|at|via)\b
      |^\W{0,3}(?:follow|reach|contact|e-?mail)\s[^.!?]{2,60}\s(?:on|at|via|:)\s?.{0,40}(?:@|twitter|facebook)
      |\bcan\sbe\sreached\s(?:at|on|by|via)\b.{0,60}@|\bfollow\s@\w+|^\S+@\S+\.\w{2,10}(?:\W+\S+){0,4}$""",
    re.VERBOSE | re.IGNORECASE,
)
_TERMS = re.compile(
    r"""\b(?:terms\sof\s(?:use|service)|privacy\s(?:policy|notice)|(?:our|use\sof|uses)\scookies|user\sagreement
       |comment(?:s|ing)?\s(?:policy|section|guidelines)|views\sexpressed\s(?:in|by|here)|opinions\sexpressed\s(?:in|by|here)
       |opinions\sof\sthe\sauthors?|affiliate\s(?:commission|links?)|advertis(?:ing|ers)\s(?:partners?|policy))\b""",
    re.VERBOSE | re.IGNORECASE,
)
_SHOUTED_LABEL = re.compile(r"^[A-Z]{3,}\s[A-Z]{3,}\s(?![A-Z]{2,}\b)")
_TIMED_LINK = re.compile(r"^\W{0,2}\d{1,2}:\d\d\s(?![ap]\.?m)\S")
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$")
_SAYS = re.compile(r"\b(?:said|says|told|according to|announced|asked|added)\b")


# What must be in a line for the costly expressions to match: looking for words is twenty times faster.
_HINTS = {
    _REPORTED: tuple(
        "contribut reporting writing editing edited compiled produced graphic file material story"
        " report article piece assistance".split()
    ),
    _COPYRIGHT: ("©", "copyright", "(c)", "all rights", "may not be"),
    _PICTURE: tuple(
        "photo picture image screen frame caption combination view credit shown seen courtesy".split()
    ),
    _BIO: ("follow", "reach", "contact", "mail", "@"),
    _TERMS: (
        *("terms of", "privacy", "cookies", "agreement", "comment", "views", "opinions"),
        *("affiliate", "advertis"),
    ),
}
_YEAR = re.compile(r"(?:19|20)\d\d")


def mark(line: Line) -> Role | None:
    """The role of a line that its form alone gives away; `None` when nothing does."""
    if line.long:
        return None
    if not line.words:
        return "navigation"
    for tell in (_chrome, _byline, _reported, _stamp, _page, _picture):
        role = tell(line)
        if role:
            return role
    return None


def heads_links(line: Line) -> bool:
    """Whether a line is the heading of a list of other reports."""
    if f"{line.plain}>" in _phrases():
        return True
    if len(line.words) > 8:
        return False
    more = line.open and (line.titled or line.shouted) and line.lower.startswith(("more from ", "more on "))
    return more or bool(_HEADS.match(line.text))


def is_stamp(line: Line) -> bool:
    """Whether a line holds a date or a time of day and nothing besides: when a page was put up."""
    text = line.text
    if len(text) > 110 or not any(char.isdigit() for char in text):
        return False
    tokens = _STAMP_TOKEN.findall(text)
    if len(tokens) < 2 or not re.search(
        rf"\d[:/.-]\d|(?:19|20)\d\d|\bago\b|{_MONTH}\s\d", text, re.IGNORECASE
    ):
        return False
    left = [t for t in tokens if not t[0].isdigit() and t.lower().strip(".") not in _STAMP_WORDS]
    # One word more is the site's name, or a time zone.
    return not left or (len(left) == 1 and len(tokens) >= 6 and left[0][0].isupper())


def signs_post(line: Line) -> bool:
    """Whether a line says who wrote the post above it: "— Name (@name) March 4, 2031"."""
    return line.text[0] in "—–-" and "(@" in line.text


def credits_picture(line: Line) -> bool:
    """Whether a line is the credit of a picture: "(Name/HOUSE)", "Photo: Name"."""
    return (
        bool(re.search(r"/|photo|images|\bvia\b|image", line.text, re.IGNORECASE)) and len(line.text) <= 110
    )


def is_present(line: Line) -> bool:
    """Whether a line tells in the present what can be seen, or names a day: what a caption does."""
    return not _SAYS.search(line.text) and (_present(line) or _dated(line.text))


def shows_picture(line: Line) -> bool:
    """Whether a line describes a picture: who stands where, in the present, on a stated day."""
    text = line.text
    if _SAYS.search(text):
        return False
    sides = len(_SIDES.findall(text))
    return bool(sides >= 2 or (sides and _dated(text)) or (_dated(text) and _present(line)))


def _has(line: Line, expression: re.Pattern[str]) -> bool:
    hinted = any(hint in line.lower for hint in _HINTS[expression])
    return hinted and bool(expression.search(line.text))


def _dated(text: str) -> bool:
    """Whether a line states a day with its year."""
    return bool(_YEAR.search(text) and _DATED.search(text))


def _chrome(line: Line) -> Role | None:
    plain = line.plain
    phrases = _phrases()
    if heads_links(line):
        return "related"
    if plain in phrases or _ADDRESS.match(line.text):
        return "navigation"
    if not line.stops and len(line.words) <= 20 and _TIMED_LINK.match(line.text) and not is_stamp(line):
        return "related"
    if _SHOUTED_LABEL.match(line.text):
        label = " ".join(line.text.lower().split()[:2])
        if label in phrases or f"{label}>" in phrases:
            return "navigation"
    if len(_parts(line)) > 2 and line.titled and all(" " not in part for part in _parts(line)):
        return "navigation"  # "Home | Politics | Letters"
    # "12 Comments", "Share 45", "Read more »": a label with a number beside it.
    bare = re.sub(r"^[\d,.]+k?\s+|\s+[\d,.]+k?$", "", plain)
    return "navigation" if bare != plain and bare in phrases else None


def _reported(line: Line) -> Role | None:
    text = line.text
    if len(text) <= 400 and _has(line, _REPORTED) and not _quoted(text) and not _after_sentence(text):
        return "credit"
    if len(text) <= 600 and _has(line, _COPYRIGHT) and not _SAYS.search(text):
        return "credit"
    if len(text) <= 80 and _SIGN_OFF.match(text):
        return "credit"
    if len(text) > 110 or not line.open or _SAYS.search(text):
        return None
    short = len(line.words) <= 9 and (_CREDIT_LINE.match(text) or _NAME_HOUSE.match(text))
    return "credit" if short or _SLASHED_LINE.match(text) or _barred(line) else None


def _barred(line: Line) -> bool:
    """`Name Name | Some Agency | Some Images`: names with two bars or more between them."""
    return line.titled and len(line.words) <= 12 and len(_parts(line)) > 2 and " " in _parts(line)[0]


def _parts(line: Line) -> list[str]:
    return [part.strip() for part in re.split(r"\s[|/]\s", line.text)]


def _after_sentence(text: str) -> bool:
    """Whether a credit comes behind a sentence of the report, so that only part of the line is one."""
    found = _REPORTED.search(text)
    return bool(found and re.search(r"[a-z]{2}[.!?][\"'”’]{0,2}\s+[A-Z]", text[: found.start()]))


def _stamp(line: Line) -> Role | None:
    alone = len(line.text) <= 60 and _DATELINE_ALONE.match(line.text)
    return "dateline" if alone or is_stamp(line) else None


def _byline(line: Line) -> Role | None:
    """`By Ann Lee and Bo Chu, Some Paper`: every word a name or one of the few between names."""
    text = line.text
    if len(text) <= 60 and line.open and line.titled and _FROM.match(text):
        return "byline"
    if len(text) <= 110 and (_NAMED_STAMP.match(text) or _stamp_behind_bar(line)):
        return "byline"
    if len(text) > 160 or not _BYLINE.match(text):
        return None
    head = re.split(r"[|•·]|\s{2,}", text)[0]
    words = re.findall(r"[^\W\d_][\w.'’-]*", head)[1:]
    small = sum(word.lower() in _BYLINE_SMALL or bool(_POST.match(word)) for word in words)
    large = sum(word[0].isupper() and word.lower() not in _BYLINE_SMALL for word in words)
    named = large and large + small >= len(words) - 1 and len(words) <= 14
    return "byline" if named and not (line.stops and len(words) > 6) else None


def _stamp_behind_bar(line: Line) -> bool:
    """`Some Agency | Sunday, March 4, 2031`: a name and a stamp with a bar between them."""
    name, bar, stamp = line.text.partition("|")
    return bool(bar) and line.titled and len(name) <= 60 and is_stamp(Line(line.span, stamp.strip()))


def _page(line: Line) -> Role | None:
    """What the page says of itself: other reports, appeals to the reader, terms."""
    text = line.text
    more = line.open and len(line.words) <= 25 and line.plain.endswith(" read more")
    if more or (len(text) <= 200 and _RELATED.match(text) and not _quoted(text)):
        return "related"
    if len(text) <= 260 and _ASKS.match(text) and _WEB.search(text) and not _SAYS.search(text):
        return "navigation"
    if len(text) <= 500 and _has(line, _BIO) and not _quoted(text):
        return "boilerplate"
    if len(text) <= 600 and _has(line, _TERMS) and not _SAYS.search(text):
        return "boilerplate"
    return None


def _picture(line: Line) -> Role | None:
    text = line.text
    if len(text) > 700 or text[0] in "\"“'‘":
        return None
    if _LABELLED.match(text) and len(text) <= 250:
        return "caption"
    if (_has(line, _PICTURE) or _SHOT_BY.search(text[-140:])) and not _SAYS.search(text):
        return "caption"
    if _CREDITED.search(text[-120:]):
        return "caption"
    house = _HOUSE_IN_BRACKETS.search(text) if len(line.words) >= 7 else None
    return "caption" if house and not _stands_for(house[1], text) else None


def _stands_for(short: str, text: str) -> bool:
    """Whether letters in brackets abbreviate the words before them: "Food and Drug Administration (FDA)"."""
    initials = "".join(word[0] for word in re.findall(r"[A-Z][\w'’-]*", text[: text.rfind("(")]))
    return short in initials


def _quoted(text: str) -> bool:
    """Whether a line begins as speech: what is said in it is not said by the page."""
    return text[0] in '"“'


_PICTURE_VERBS = frozenset(
    """address applaud appear arrive attend board carry celebrate chat cheer deliver depart embrace enter
    exit face fly gather gesture give greet hold hug inspect kiss laugh lay lead leave lie lift line listen
    look march meet mourn participate pass pause play point pose pray prepare protest raise react read ride
    rise run salute shake share shout sign sing sit smile speak stand step surround swear take talk tour view
    visit wait walk watch wave wear wipe work""".split()
)


def _present(line: Line) -> bool:
    """Whether the first verb a picture could show is in the present, before any past form."""
    for word in line.words[1:25]:
        if not word.islower():
            continue
        if word.endswith("ed"):
            return False
        stem = word[:-2] if word.endswith(("shes", "sses", "ches")) else word.removesuffix("s")
        if stem in _PICTURE_VERBS:
            return True
    return False


@lru_cache(maxsize=1)
def _phrases() -> frozenset[str]:
    text = (files(__package__) / "chrome.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
