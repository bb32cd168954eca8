"""Which encoding a text is in: read right, or refused with the way to convert it, and never guessed wrong."""

from __future__ import annotations

import pytest

from timeline.ingest.decoding import SAMPLE, decode, refuse_binary, single_byte_encoding
from timeline.ingest.reports import Unreadable

ARABIC = "قال ناشطون إن ثمانية وسبعين شخصا على الأقل قتلوا في القبير يوم الأربعاء، وفق المرصد السوري لحقوق الإنسان."
FRENCH = "Des militants ont affirmé qu’au moins 78 personnes ont été tuées à Qoubeir, où l’armée était déployée."


def refused(data: bytes, declared: str | None = None) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        decode(data, declared)
    return caught.value


# ---- read right


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [ARABIC, FRENCH, "Killed in Homs."])
def test_unicode_is_read_with_and_without_a_mark(text, encoding):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "text",
    [
        ARABIC,
        "تفجير دمشق",  # a headline of two words
        "قصف عنيف على حي بابا عمرو في حمص",
        "وكالة الأنباء (AFP): مقتل 12 في الرستن – «ناشطون»؟",  # names in Latin letters, signs of both
        "The Observatory (المرصد) counted 12 killed in Homs (حمص).",  # mostly English
        "قُتِلَ سبعة جنودٍ في درعا",  # vowel signs
        "وزير الخارجية الفرنسي (Hervé) في القاهرة",  # French letters, which Windows-1256 has too
    ],
)
def test_arabic_is_told_by_its_words(text):
    data = text.encode("windows-1256")
    assert single_byte_encoding(data) == "windows-1256"
    assert decode(data) == text


@pytest.mark.parametrize("encoding", ["windows-1252", "latin-1"])
@pytest.mark.parametrize(
    "text",
    [
        FRENCH.replace("’", "'"),
        "À Damas, l'armée a bombardé la ville dès l'aube : « au moins 12 morts ».",  # a word of one letter
        "Bei Kämpfen in der Nähe von Homs wurden fünf Menschen getötet, erklärte die Behörde.",
        "Según los activistas, murieron 12 niños. ¿Quién disparó? «No lo sé», dijo.",
        "The price of bread rose to £2 in a café in Beirut.",
    ],
)
def test_western_languages_are_told_by_their_words(text, encoding):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["The toll – “at least 78” – was disputed.", "The Observatory’s count rose…", FRENCH])
def test_quotation_marks_and_dashes_are_read_as_printed(text):
    assert decode(text.encode("windows-1252")) == text


def test_what_decides_may_stand_far_into_the_file():
    text = "word " * SAMPLE + ARABIC
    assert decode(text.encode("windows-1256")) == text


# ---- refused rather than guessed


@pytest.mark.parametrize(
    "encoding, text",
    [
        ("windows-1254", "Başbakan sınırdaki çatışmaların ardından açıklama yaptı, üç kişi yaralandı."),
        ("windows-1254", "Dışişleri Bakanlığı saldırıyı kınadı"),
        ("windows-1251", "По данным правозащитников, в городе погибли не менее семидесяти человек."),
        ("windows-1251", "МИД РОССИИ ЗАЯВИЛ О ПЕРЕМИРИИ"),
        ("koi8-r", "По данным правозащитников, в городе погибли не менее семидесяти человек."),
        ("koi8-r", "Взрыв в Дамаске"),
        ("windows-1255", "לפי פעילים נהרגו לפחות שבעים ושמונה בני אדם בעיירה"),
        ("windows-1253", "Τουλάχιστον εβδομήντα οκτώ άνθρωποι σκοτώθηκαν στην πόλη."),
        ("iso8859-6", ARABIC),
        ("cp720", ARABIC.replace("،", ",")),
        ("mac-roman", FRENCH),
        ("cp850", FRENCH.replace("’", "'")),
    ],
)
def test_a_text_in_a_third_encoding_is_refused_with_the_way_to_convert(encoding, text):
    error = refused(text.encode(encoding))
    assert "encoding cannot be told" in error.reason
    assert "in line 1" in error.reason
    assert "iconv -f" in error.mend


@pytest.mark.parametrize("text", [ARABIC, FRENCH])
def test_utf8_with_a_bad_byte_is_not_taken_for_another_encoding(text):
    error = refused(f"{text}\n{text}\n".encode() + b"\xe9 " + text.encode())
    assert "it is UTF-8, but not at byte" in error.reason
    assert "line 3" in error.reason
    assert "iconv -c -f UTF-8" in error.mend


def test_utf8_cut_inside_a_character_is_refused():
    assert "it is UTF-8, but not at byte" in refused(ARABIC.rstrip(".").encode()[:-1]).reason


def test_a_mark_that_the_text_does_not_keep_is_named():
    assert "begins as UTF-8, but byte 3" in refused(b"\xef\xbb\xbf\xe9t\xe9").reason
    assert "begins as UTF-16" in refused(b"\xff\xfea").reason


@pytest.mark.parametrize(
    "data, reason, mend",
    [
        (b"%PDF-1.7\n", "a PDF", "pdftotext"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive", "Unpack"),
        (b"\x89PNG\r\n\x1a\n\x00", "a PNG picture", "words as text"),
        (rb"{\rtf1\ansi", "an RTF document", ".txt"),
        (b"a" * 5000 + b"\x00\x01", "NUL bytes", "text file"),
        ("Killed in Homs.".encode("utf-16-le"), "UTF-16 without a byte-order mark", "iconv -f UTF-16LE"),
        ("Killed in Homs.".encode("utf-16-be"), "UTF-16 without a byte-order mark", "iconv -f UTF-16BE"),
        (ARABIC.encode("utf-16-le"), "UTF-16 without a byte-order mark", "iconv -f UTF-16LE"),
    ],
)
def test_what_is_no_text_is_named_for_what_it_is(data, reason, mend):
    for refuse in (decode, refuse_binary):
        with pytest.raises(Unreadable) as caught:
            refuse(data)
        assert reason in caught.value.reason
        assert mend in caught.value.mend


# ---- what a page or feed declares


@pytest.mark.parametrize(
    "declared, encoding, text",
    [
        ("windows-1256", "windows-1256", ARABIC),
        ("WINDOWS-1254", "windows-1254", "Dışişleri Bakanlığı saldırıyı kınadı"),
        ("iso-8859-9", "windows-1254", "Dışişleri Bakanlığı “saldırıyı” kınadı"),  # as browsers read that name
        ("iso-8859-6", "iso8859-6", ARABIC),
        ("iso-8859-1", "windows-1252", FRENCH),  # with quotation marks, which Latin-1 itself lacks
        ("koi8-r", "koi8-r", "Взрыв в Дамаске"),
        ("iso-8859-1", "windows-1256", ARABIC),  # the Western name put on an Arabic page
        ("windows-1256", "utf-8", ARABIC),  # what is UTF-8 through and through is UTF-8
    ],
)
def test_a_declared_encoding_is_believed_where_it_fits(declared, encoding, text):
    assert decode(text.encode(encoding), declared) == text


@pytest.mark.parametrize(
    "declared", ["idna", "punycode", "unicode_escape", "zlib", "utf-7", "undefined", "none\x00", "utf-8"]
)
def test_a_declaration_that_does_not_fit_is_passed_over(declared):
    assert decode(FRENCH.encode("windows-1252"), declared) == FRENCH
