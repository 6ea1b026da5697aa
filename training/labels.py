"""The names the corpora use, and how each maps onto the reader's own labels."""

from __future__ import annotations

NAME_TYPES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "MISC")
NER = ("O", *(f"{part}-{kind}" for kind in NAME_TYPES for part in "BI"))
UPOS = ("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X").split()
ETYPES = ("person place organization object event time substance animal plant abstract").split()
ROLES = ("O", "B-source", "I-source", "B-content", "I-content")
DEEDS = (
    "AGREE CONSULT SUPPORT COOPERATE AID YIELD REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
    "MOBILIZE COERCE ASSAULT"
).split()  # PLOVER's types as its training sentences name them: YIELD is CONCEDE and RETREAT

PLACE = ("GPE", "LOC", "FAC")
OTHER = ("NORP", "EVENT", "MISC")

# Which of our types a corpus' type may stand for. Several: the loss sums over them.
WIKIGOLD = {"PER": ("PERSON",), "ORG": ("ORG",), "LOC": PLACE, "MISC": OTHER}
SILVER = {"PERSON": ("PERSON",), "ORGANIZATION": ("ORG",), "LOCATION": PLACE, "MISC": OTHER}
BTC = {"PER": ("PERSON",), "ORG": ("ORG",), "LOC": PLACE}
POLITICS = {
    "politician": ("PERSON",),
    "person": ("PERSON",),
    "politicalparty": ("ORG",),
    "organisation": ("ORG",),
    "country": ("GPE",),
    "location": PLACE,
    "election": ("EVENT",),
    "event": ("EVENT",),
    "misc": OTHER,
}
WNUT = {
    "person": ("PERSON",),
    "location": PLACE,
    "corporation": ("ORG",),
    "group": ("ORG",),
    "creative-work": ("MISC",),
    "product": ("MISC",),
}
GUM = {
    "person": ("PERSON",),
    "place": PLACE,
    "organization": ("ORG",),
    "event": ("EVENT", "MISC"),
    "object": ("MISC", "FAC"),
    "abstract": ("MISC", "EVENT"),
}

# Words that settle which kind of place a name is; written by hand, matched on the whole name
# (countries and the like) or on its last or first word.
COUNTRIES = """afghanistan albania algeria angola argentina armenia australia austria azerbaijan
bahrain bangladesh belarus belgium bolivia bosnia botswana brazil britain bulgaria burma cambodia
cameroon canada chad chile china colombia congo croatia cuba cyprus denmark ecuador egypt england
eritrea estonia ethiopia finland france gabon georgia germany ghana greece guatemala guinea haiti
honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan
kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya lithuania
luxembourg macedonia madagascar malawi malaysia mali malta mauritania mexico moldova monaco mongolia
montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua niger nigeria norway oman
pakistan palestine panama paraguay peru philippines poland portugal qatar romania russia rwanda
scotland senegal serbia singapore slovakia slovenia somalia spain sudan suriname sweden switzerland
syria taiwan tajikistan tanzania thailand tunisia turkey turkmenistan uganda ukraine uruguay
uzbekistan venezuela vietnam wales yemen zambia zimbabwe alabama alaska arizona arkansas california
colorado connecticut delaware florida hawaii idaho illinois indiana iowa kansas kentucky louisiana
maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio
oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming
london paris berlin moscow beijing tokyo rome madrid brussels geneva vienna kiev kyiv tehran baghdad
damascus jerusalem cairo kabul boston chicago houston dallas philadelphia miami detroit atlanta
seattle baltimore cleveland denver pittsburgh orlando mumbai delhi istanbul ankara seoul pyongyang
sydney toronto ottawa helsinki stockholm oslo copenhagen warsaw prague budapest athens lisbon dublin
u.s. us usa uk u.k. u.s.a. america""".split()
LONG_PLACES = (
    "united states|united kingdom|saudi arabia|north korea|south korea|new york|new york city|"
    "new jersey|new hampshire|new mexico|north carolina|south carolina|north dakota|south dakota|"
    "west virginia|rhode island|los angeles|san francisco|las vegas|new delhi|hong kong|"
    "new zealand|south africa|costa rica|el salvador|sri lanka|puerto rico|new orleans|"
    "united states of america|united arab emirates|czech republic|soviet union|washington , d.c.|"
    "washington d.c.|san diego|new england|south sudan|sierra leone|ivory coast"
).split("|")
GPE_NAMES = frozenset(COUNTRIES) | frozenset(LONG_PLACES)
FAC_LAST = frozenset(
    "airport bridge stadium arena building hospital street avenue road boulevard highway hall "
    "tower towers prison jail museum theater theatre library church cathedral mosque temple "
    "station hotel plaza center centre courthouse palace castle house garden square".split()
)
LOC_WORDS = frozenset(
    "river lake mount mountain mountains ocean sea valley desert island islands gulf bay peninsula "
    "coast canyon forest beach creek hills europe asia africa antarctica middle east north south "
    "west northeast southeast midwest balkans caribbean pacific atlantic arctic region".split()
)


def narrow(words: list[str], allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Settle which kind of place a name is, when its words tell; otherwise leave it open."""
    if allowed != PLACE:
        return allowed
    text = " ".join(words).lower()
    if text in GPE_NAMES:
        return ("GPE",)
    lower = text.split()
    if len(lower) > 1 and lower[-1] in FAC_LAST:
        return ("FAC",)
    if lower and (lower[-1] in LOC_WORDS or lower[0] in ("lake", "mount", "gulf", "river")):
        return ("LOC",)
    return allowed


INDEX = {name: i for i, name in enumerate(NER)}
OUTSIDE = 1 << INDEX["O"]
ANY_OTHER = OUTSIDE | sum(1 << INDEX[f"{p}-{k}"] for k in OTHER for p in "BI")
NORP_OR_NONE = OUTSIDE | sum(1 << INDEX[f"{p}-NORP"] for p in "BI")


def bits(part: str, types: tuple[str, ...]) -> int:
    """The set of labels `part`-type as a bit mask."""
    return sum(1 << INDEX[f"{part}-{kind}"] for kind in types)
