"""Which language is a text in? Told by its script, else by its commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from realpolitik.constants import ENGLISH_LEAST, ENGLISH_WORDS
from realpolitik.documents.decode import letters
from realpolitik.errors import UnreadableText

SAMPLE = 20_000
WORD = re.compile(r"[^\W\d_]+")
SCRIPTS = {
    "ARABIC": "Arabic or Persian", "HEBREW": "Hebrew", "CYRILLIC": "Russian or another language"
    " in Cyrillic letters", "CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese",
    "HANGUL": "Korean", "GREEK": "Greek", "DEVANAGARI": "Hindi", "THAI": "Thai",
    "ARMENIAN": "Armenian", "GEORGIAN": "Georgian", "BENGALI": "Bengali",
}  # fmt: skip
COMMON = {
    "English": "the of and to in that is was for it with as on be at by this had not are but from"
    " or have an they which were has been will said its their he his who would more",
    "French": "le la les des est et dans que qui pour une sur pas avec plus par ce au aux son sont"
    " cette été nous vous",
    "German": "der die das und ist nicht mit den von zu ein eine auf für dem des sich auch wird als"
    " dass bei nach",
    "Spanish": "el los las una que por con para del se su al es lo como más pero sus fue este ha"
    " también",
    "Italian": "il che di non per una con sono della del gli alla nel anche più questo dei delle ha"
    " dal",
    "Portuguese": "os que não uma com para dos da do em no na por mais foi ao são pela também das",
    "Dutch": "het een van en dat niet zijn met voor op aan er ook door maar naar wordt bij",
    "Turkish": "bir ve bu için ile olarak olan da de daha çok kadar gibi sonra ancak en",
    "Indonesian": "yang dan di untuk dengan dari ini itu tidak pada dalam akan oleh juga ke",
    "Swedish": "och att det som en är av för på med den till inte har om ett var",
}
WORDS = {language: frozenset(words.split()) for language, words in COMMON.items()}


def english(text: str, name: str) -> None:
    """Raise UnreadableText when a text is in another language than English.

    A text of few words in Latin letters passes: there is too little to tell.
    """
    sample = text[:SAMPLE]
    script = _script(sample)
    if script:
        raise _other(name, script)
    words = [word.lower() for word in WORD.findall(sample)]
    if len(words) < ENGLISH_WORDS:
        return
    share = {
        language: sum(word in common for word in words) / len(words)
        for language, common in WORDS.items()
    }
    best = max(share, key=lambda language: share[language])
    if share["English"] >= ENGLISH_LEAST and best == "English":
        return
    raise _other(name, best if best != "English" else "no English prose")


def _other(name: str, language: str) -> UnreadableText:
    return UnreadableText(
        f"{name} looks like {language}; the coder reads English: give an English text or translation."
    )


def _script(sample: str) -> str:
    """The language of the script most letters are in; empty for Latin."""
    found = letters(sample)
    names = Counter(unicodedata.name(sign, "").partition(" ")[0] for sign in found)
    script, count = names.most_common(1)[0] if names else ("", 0)
    return SCRIPTS.get(script, "") if count > len(found) / 2 else ""
