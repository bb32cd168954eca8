"""Reading files, folders, feeds and standard input: what comes out, and what is said of input that cannot be read."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.ingest.readers import Failure, RawReport, expected, read
from timeline.ingest.reports import MAX_TEXT_BYTES

TODAY = dt.date(2024, 12, 31)
BODY = "Activists said at least 78 people were killed in Qubeir on Wednesday."
ARABIC = "قال ناشطون إن ثمانية وسبعين شخصا على الأقل قتلوا في القبير يوم الأربعاء، وفق المرصد السوري لحقوق الإنسان."
FRENCH = "Des militants ont affirmé qu’au moins 78 personnes ont été tuées à Qoubeir, près de Hama, où l’armée était déployée."


def all_of(path: Path | str, **options) -> list[RawReport | Failure]:
    return list(read(path, today=TODAY, **options))


def one(path: Path | str, **options) -> RawReport:
    (item,) = all_of(path, **options)
    assert isinstance(item, RawReport), str(item)
    return item


def failure(path: Path | str, **options) -> str:
    (item,) = all_of(path, **options)
    assert isinstance(item, Failure), item
    return str(item)


def reports(path: Path | str, **options) -> list[RawReport]:
    return [item for item in all_of(path, **options) if isinstance(item, RawReport)]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# ---- plain text


def test_a_text_without_headers_is_all_report(tmp_path):
    report = one(write(tmp_path, "qubeir.txt", f"\ufeffKillings in Qubeir\r\n\r\n{BODY}\r\n"))
    assert report.text == f"Killings in Qubeir\n\n{BODY}"
    assert (report.title, report.published, report.language) == ("Killings in Qubeir", None, "en")


def test_a_header_block_is_taken_off_the_text(tmp_path):
    header = "TITLE: Killings in Qubeir\npublished: 7 June 2012\nOutlet:  Demonstration desk \nurl: https://example.org/a\nReference: the record\n\n"
    report = one(write(tmp_path, "qubeir.txt", header + BODY))
    assert report == RawReport(
        text=BODY,
        title="Killings in Qubeir",
        outlet="Demonstration desk",
        published=dt.date(2012, 6, 7),
        url="https://example.org/a",
        language="en",
        reference="the record",
        origin=str(tmp_path / "qubeir.txt"),
    )


def test_only_a_line_feed_ends_a_line_of_a_report_with_headers(tmp_path):
    words = "one\x0ctwo\u2028three\x85four"
    assert one(write(tmp_path, "a.txt", f"Title: a\n\n{words}\n")).text == words


def test_a_report_that_begins_like_a_header_but_is_none_stays_whole(tmp_path):
    text = "Damascus: the day after\n\nShelling went on."
    assert one(write(tmp_path, "a.txt", text)).text == text


def test_a_long_first_line_makes_a_short_title(tmp_path):
    title = one(write(tmp_path, "a.txt", "word " * 60)).title
    assert len(title) <= 92
    assert title.endswith("word …")


def test_unicode_is_composed(tmp_path):
    assert one(write(tmp_path, "a.txt", "tue\u0301s a\u0300 Homs")).text == "tués à Homs"


def test_standard_input_is_sniffed():
    assert one("-", stdin=io.BytesIO(BODY.encode())).text == BODY
    line = json.dumps({"text": BODY, "date": "2012-06-07"}).encode() + b"\n"
    assert one("-", stdin=io.BytesIO(line)).published == dt.date(2012, 6, 7)
    page = f"<!doctype html><html><body><article><p>{BODY}</p><p>{FRENCH}</p></article></body></html>"
    assert BODY in one("-", stdin=io.BytesIO(page.encode())).text
    items = all_of("-", stdin=io.BytesIO(FEED.encode()))
    assert [item.origin for item in items] == ["standard input entry 1", "standard input entry 2"]
    # A bracket alone makes no JSON.
    assert one("-", stdin=io.BytesIO(b"{Reuters} - Killed in Homs.")).text == "{Reuters} - Killed in Homs."


def test_json_without_an_ending_is_never_stored_as_words(tmp_path):
    assert "jq -c" in failure(write(tmp_path, "noending", '[{"text": "a"}]'))
    first, second = all_of(write(tmp_path, "noending", '{"text": "never closed\n{"text": "b"}'))
    assert "line 1: not JSON" in str(first)
    assert isinstance(second, RawReport)


@pytest.mark.parametrize("name", ["articles.json", "table.csv", "table.TSV"])
def test_data_named_by_itself_is_not_taken_for_one_long_report(tmp_path, name):
    assert "one object a line" in failure(write(tmp_path, name, "title,text\na,b"))


# ---- encodings


@pytest.mark.parametrize(
    "text, encoding, language",
    [
        (FRENCH, "latin-1", "en"),
        (FRENCH, "windows-1252", "en"),
        ("The toll – “at least 78” – was disputed.", "windows-1252", "en"),
        (ARABIC, "windows-1256", "ar"),
        (ARABIC, "utf-8-sig", "ar"),
        (ARABIC, "utf-16", "ar"),
        ("Observatory: 78 killed. المرصد: ثمانية وسبعون قتيلا في القبير", "windows-1256", "ar"),
    ],
)
def test_a_text_in_another_encoding_is_read_right(tmp_path, text, encoding, language):
    text = text.replace("’", "'") if encoding == "latin-1" else text
    report = one(write(tmp_path, "a.txt", text.encode(encoding)))
    assert report.text == text
    assert report.language == language


def test_an_encoding_that_cannot_be_told_is_refused_with_the_way_to_convert(tmp_path):
    words = failure(write(tmp_path, "a.txt", bytes(range(0x80, 0xA0)) * 20))
    assert "a.txt" in words
    assert "iconv" in words


# ---- bad files


@pytest.mark.parametrize(
    "name, content, reason, mend",
    [
        ("empty.txt", b"", "the file is empty", "Put the report's words"),
        ("blank.txt", b" \n\t\n", "the file is empty", "Put the report's words"),
        ("binary.txt", b"abc\x00\x01\x02", "binary file", "as a text file"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n....", "a PNG picture", "words as text"),
        ("paper.txt", b"%PDF-1.7 ...", "a PDF", "pdftotext"),
        ("archive.html", b"PK\x03\x04....", "a ZIP archive", "Unpack it"),
        ("headers.txt", b"Title: a\nPublished: 2012-05-30\n", "no text", "empty line after the headers"),
        ("headers.txt", b"Title: a\nAuthor: b\n\ntext", "line 2 of the header block", "Title, Outlet"),
        (
            "twice.txt",
            b"Title: a\nUrl: \ntitle: b\n\ntext",
            "line 3 of the header block gives the title a second",
            "once",
        ),
        ("soon.txt", b"Published: 2999-01-01\n\ntext", "2999-01-01 is in the future", "Correct it"),
        ("when.txt", b"Published: lately\n\ntext", "“lately” cannot be read", "2012-05-30"),
        ("two.txt", b"Published: 03/04/2012\n\ntext", "can be read two ways", "2012-05-30"),
        ("where.txt", b"Url: javascript:alert(1)\n\ntext", "no web address", "http://"),
        ("empty.html", b"<html><body></body></html>", "no article text", ".txt file"),
        ("menu.html", b"<div><a href=/>x</a>", "no article text", ".txt file"),
        ("feed.xml", b"This is no feed at all", "not XML", "Save the feed itself"),
        ("page.xml", b"<html><body>hello</body></html>", "no RSS or Atom feed", "Save the feed itself"),
        ("feed.rss", b"", "the file is empty", "Put the report's words"),
        ("blank.jsonl", b"\n \n\n", "the file is empty", "leave it out"),
        ("binary.jsonl", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "a PNG picture", "words as text"),
        ("list.jsonl", b'[\n {"text": "a"},\n {"text": "b"}\n]', "over several lines", "jq -c"),
        ("wide.jsonl", '{"text": "a"}\n{"text": "b"}'.encode("utf-16"), "it is UTF-16", "iconv -f UTF-16"),
        ("letter.txt", rb"{\rtf1\ansi Killed in Homs.}", "an RTF document", ".txt"),
        ("large.txt", b"%PDF-1.7\n" + b"x y z\n" * 1_000_000, "a PDF", "pdftotext"),
        ("noending", b"words", "it has no ending", ".jsonl"),
        ("articles.json", b"[]", "a .json file", "one object a line"),
        ("table.csv", b"a,b", "a .csv file", "one object a line"),
        ("report.docm", b"a", "the ending “.docm” is none we read", ".jsonl"),
    ],
)
def test_a_bad_file_is_named_with_the_reason_and_the_mend(tmp_path, name, content, reason, mend):
    write(tmp_path, name, content)
    words = failure(tmp_path)
    assert words.startswith(f"{tmp_path / name}: ")
    assert reason in words
    assert mend in words


@pytest.mark.parametrize("ending", ["", "<html><body>"])
def test_a_text_of_50_mb_is_refused_without_being_read_whole(ending):
    stream = io.BytesIO(ending.encode() + b"word " * 10_000_000)
    words = failure("-", stdin=stream)
    assert f"over {MAX_TEXT_BYTES // 1_000_000} MB" in words
    assert "Split it" in words
    assert stream.tell() == MAX_TEXT_BYTES + 1


def test_a_file_of_50_mb_is_refused_by_name(tmp_path):
    path = write(tmp_path, "huge.txt", b"word " * 10_000_000)
    assert failure(path).startswith(f"{path}: it is over {MAX_TEXT_BYTES // 1_000_000} MB")


def test_a_path_that_is_not_there(tmp_path):
    assert "no such file" in failure(tmp_path / "missing.txt")


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_a_name_that_no_file_can_have(name):
    assert isinstance(all_of(Path(name))[0], Failure)
    assert expected(Path(name)) == 1


def test_an_empty_folder_says_so(tmp_path):
    assert "holds no files" in failure(tmp_path)


def test_a_folder_hides_nothing_that_it_cannot_read(tmp_path):
    folder = tmp_path / "reports"
    write(folder, "a.txt", BODY)
    (folder / "b.txt").symlink_to(tmp_path / "nowhere")
    (folder / "linked").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(folder / "pipe.txt")
    words = [str(item) for item in all_of(folder) if isinstance(item, Failure)]
    assert len(words) == 3
    assert "linked: a link to another folder" in words[0]
    assert "b.txt: it cannot be opened" in words[1]
    assert "pipe.txt: it is no regular file" in words[2]


def test_a_file_name_that_is_not_utf8_can_be_printed(tmp_path):
    name = tmp_path / os.fsdecode(b"caf\xe9.txt")
    try:
        name.write_bytes(b"")
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    assert failure(tmp_path).encode("utf-8").startswith(f"{tmp_path}/caf\\udce9.txt: ".encode())


def test_a_folder_is_walked_in_order_and_the_good_go_in(tmp_path):
    write(tmp_path, "b/two.txt", BODY)
    write(tmp_path, "a.txt", FRENCH)
    write(tmp_path, "c.bin", b"\x00")
    write(tmp_path, ".hidden/x.txt", "not read")
    items = all_of(tmp_path)
    assert [type(item).__name__ for item in items] == ["RawReport", "RawReport", "Failure"]
    assert [item.origin for item in items] == [str(tmp_path / name) for name in ("a.txt", "b/two.txt", "c.bin")]
    assert expected(tmp_path) == 3


# ---- JSONL


def test_a_bad_line_17_keeps_no_other_line_back(tmp_path):
    lines = [json.dumps({"text": f"{BODY} Report {number}.", "id": number}) for number in range(1, 31)]
    lines[16] = '{"text": "never closed'
    items = all_of(write(tmp_path, "articles.jsonl", "\n".join(lines)))
    assert sum(isinstance(item, RawReport) for item in items) == 29
    (bad,) = [item for item in items if isinstance(item, Failure)]
    assert str(bad).startswith(f"{tmp_path / 'articles.jsonl'} line 17: not JSON")


@pytest.mark.parametrize(
    "line, words",
    [
        (b'{"title": "a", "url": "b"}', "no 'text' (keys found: title, url)"),
        (b'["text"]', "a list, not a JSON object"),
        (b'{"text": 5}', "'text' is a number, not a string"),
        (b'{"text": "caf\xe9"}', "is not UTF-8"),
        (b'{"text": "\\ud800"}', "half characters"),
        (b'{"text": "a\\u0000b"}', "NUL characters"),
        (b'{"text": "  "}', "there is no text in it"),
        (b'{"text": "a", "published": "2999-01-01"}', "in the future"),
        (b'{"text": "a", "language": "../../etc"}', "no language code"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"text": "a", "id": ' + b"1" * 5000 + b"}", "thousands of digits"),
        (b'{"text": "a", "title": "\\ud800"}', "the title holds NUL or half characters"),
        (b'{"text": "a", "outlet": "a\\u0000b"}', "the outlet holds NUL or half characters"),
        (b'{"\\u001b[2J\\n": 1}', "keys found: \\x1b[2J\\n)"),
    ],
)
def test_a_bad_line_says_what_is_wrong(tmp_path, line, words):
    assert words in failure(write(tmp_path, "a.jsonl", line))


def test_a_line_longer_than_any_report_does_not_fill_the_memory(tmp_path):
    path = write(
        tmp_path, "a.jsonl", b'{"text": "' + b"x" * (MAX_TEXT_BYTES * 7) + b'"}\n' + json.dumps({"text": BODY}).encode()
    )
    items = all_of(path)
    assert [type(item).__name__ for item in items] == ["Failure", "RawReport"]
    assert "line 1" in str(items[0])
    assert items[1].origin.endswith("line 2")
    assert expected(path) == 1


def test_date_stands_for_published_where_that_is_missing_or_empty(tmp_path):
    for published in ({}, {"published": None}, {"published": ""}):
        line = json.dumps({"text": BODY, "date": "2012-06-07", **published})
        assert one(write(tmp_path, "a.jsonl", line)).published == dt.date(2012, 6, 7)


def test_the_days_of_publication_as_people_and_machines_write_them(tmp_path):
    written = [
        "2012-05-30",
        "2012-05-30T23:59:00+03:00",
        "Wed, 30 May 2012 23:30:00 -0500",
        "30 May 2012",
        "May 30, 2012",
        "30/05/2012",
    ]
    lines = [json.dumps({"text": f"{BODY} {number}", "published": value}) for number, value in enumerate(written)]
    items = reports(write(tmp_path, "a.jsonl", "\n".join(lines)))
    assert [item.published for item in items] == [dt.date(2012, 5, 30)] * len(written)


def test_the_whole_corpus_goes_in(shared):
    corpus = shared / "corpus" / "fa-kes.jsonl"
    items = list(read(corpus, today=dt.date(2026, 1, 1)))
    assert len(items) == expected(corpus) == 624
    assert not [item for item in items if isinstance(item, Failure)]


# ---- HTML

PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title>
<meta property="og:title" content="Killings in Qubeir"><meta property="og:site_name" content="Demonstration desk">
{{meta}}</head><body><nav><a href="/">Home</a> <a href="/a">Sport</a></nav>
<article><h1>Killings in Qubeir</h1><p>{BODY}</p><p>Observers set out for the village on Thursday and were turned back at a checkpoint.</p></article>
<footer>Copyright 2019</footer></body></html>"""


@pytest.mark.parametrize(
    "meta, published",
    [
        ('<meta property="article:published_time" content="2012-06-07T10:00:00Z">', dt.date(2012, 6, 7)),
        (
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2012-06-07"}]}</script>',
            dt.date(2012, 6, 7),
        ),
        (
            '<script type="application/ld+json; charset=utf-8">[{"datePublished": "2012-06-07"}]</script>',
            dt.date(2012, 6, 7),
        ),
        # Of two, the one that is a date.
        ('<meta name="date" content="soon"><meta itemprop="datePublished" content="2012-06-07">', dt.date(2012, 6, 7)),
        ('<script type="application/ld+json">{broken</script>', None),
        (f'<script type="application/ld+json">{{"a": {"1" * 5000}}}</script>', None),
        ("", None),
    ],
)
def test_a_page_gives_its_article_and_only_a_date_it_states(tmp_path, meta, published):
    report = one(write(tmp_path, "a.html", PAGE.replace("{meta}", meta)))
    assert (report.title, report.outlet, report.published, report.language) == (
        "Killings in Qubeir",
        "Demonstration desk",
        published,
        "en",
    )
    assert BODY in report.text
    assert "Sport" not in report.text


@pytest.mark.parametrize(
    "day, words",
    [("2999-01-01", "in the future"), ("some time ago", "cannot be read"), ("2012-02-31", "cannot be read")],
)
def test_a_page_with_a_wrong_date_is_refused(tmp_path, day, words):
    meta = f'<meta property="article:published_time" content="{day}">'
    assert words in failure(write(tmp_path, "a.html", PAGE.replace("{meta}", meta)))


def test_the_time_element_of_the_article_is_a_date_it_states(tmp_path):
    page = PAGE.replace("{meta}", "").replace(
        "</h1>", '</h1><time datetime="2012-06-07T23:30:00-05:00">Thursday</time>'
    )
    assert one(write(tmp_path, "a.html", page)).published == dt.date(2012, 6, 7)


def test_a_page_is_not_refused_for_what_it_says_wrongly_of_itself(tmp_path):
    meta = '<link rel="canonical" href="/a"><meta property="og:url" content="https://example.org/a">'
    page = (
        PAGE.replace("{meta}", meta).replace('lang="en"', 'lang="en_US"').replace("Wednesday", "Wed&#0;&#xd800;nesday")
    )
    report = one(write(tmp_path, "a.html", page))
    assert (report.language, report.url) == ("en", "https://example.org/a")
    assert BODY in report.text


def test_the_publisher_is_the_outlet_where_the_site_gives_no_name(tmp_path):
    data = '<script type="application/ld+json">{"publisher": {"name": "Orchard Street Press"}}</script>'
    page = PAGE.replace("{meta}", data).replace("og:site_name", "og:other")
    assert one(write(tmp_path, "a.html", page)).outlet == "Orchard Street Press"


def test_broken_html_is_read_as_far_as_it_goes(tmp_path):
    report = one(
        write(tmp_path, "a.html", PAGE.replace("{meta}", "").replace("</p>", "").replace("</body></html>", "<div><b"))
    )
    assert BODY in report.text


def test_a_page_in_windows_1256_that_says_so(tmp_path):
    page = f'<html><head><meta charset="windows-1256"></head><body><article><p>{ARABIC}</p><p>{ARABIC}</p></article></body></html>'
    assert ARABIC in one(write(tmp_path, "a.html", page.encode("windows-1256"))).text


# ---- feeds

FEED = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Demonstration desk</title><language>en-gb</language>
<item><title>Killings in Qubeir</title><link>https://example.org/a</link><pubDate>Thu, 07 Jun 2012 22:00:00 GMT</pubDate>
<description>&lt;p&gt;{BODY}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;Second paragraph.&lt;/p&gt;</description></item>
<item><title>Empty</title><description></description></item></channel></rss>"""


def test_a_feed_gives_a_report_an_entry(tmp_path):
    first, second = all_of(write(tmp_path, "feed.xml", FEED))
    assert isinstance(first, RawReport)
    assert first.text == f"{BODY}\nSecond paragraph."
    assert (first.title, first.outlet, first.published, first.url, first.language) == (
        "Killings in Qubeir",
        "Demonstration desk",
        dt.date(2012, 6, 7),
        "https://example.org/a",
        "en",
    )
    assert "feed.xml entry 2: there is no text" in str(second)


def test_a_feed_that_breaks_off_gives_what_stood_before(tmp_path):
    broken = FEED.replace("<description></description>", f"<description>{FRENCH}</description>")
    items = all_of(write(tmp_path, "feed.xml", broken[: broken.index("</channel>")]))
    assert sum(isinstance(item, RawReport) for item in items) == 2
    assert "breaks off" in str(items[-1])


def test_an_entry_that_a_break_has_cut_is_not_stored_half(tmp_path):
    broken = FEED.replace("<description></description>", f"<description>{FRENCH}</description>")
    for end in ("déployée", "</description></item></channel>"):
        first, *rest = all_of(
            write(tmp_path, "feed.xml", broken[: broken.rindex(end) + (len(end) - 17 if "<" in end else 0)])
        )
        assert isinstance(first, RawReport)
        assert ["breaks off inside this entry" in str(item) for item in rest] == [True]


@pytest.mark.parametrize("wrong", ["&nbsp;", "\x01", "& "])
def test_a_feed_that_is_not_well_formed_goes_in_where_its_entries_can_be_told(tmp_path, wrong):
    feed = FEED.replace("Second", f"Second{wrong}").replace(
        "<item><title>Empty</title><description></description></item>", ""
    )
    assert BODY in one(write(tmp_path, "feed.xml", feed)).text


@pytest.mark.parametrize(
    "markup, words",
    [
        ("Intro<p>First.</p><div>Second.</div>Third.", "Intro\nFirst.\nSecond.\nThird."),
        ("<table><tr><td>12</td><td>34</td></tr><tr><td>56</td></tr></table>", "12 34\n56"),
        ("First,<br>second.", "First,\nsecond."),
    ],
)
def test_words_of_an_entry_do_not_run_together(tmp_path, markup, words):
    feed = (
        FEED.replace("<description>", f"<description><![CDATA[{markup}]]></description><comments>", 1)
        .replace("</description>", "</comments>", 2)
        .replace("</comments><comments>", "</description><comments>")
    )
    assert reports(write(tmp_path, "feed.xml", feed))[0].text == words


@pytest.mark.parametrize("encoding, declared", [("windows-1256", True), ("windows-1256", False), ("utf-16", True)])
def test_a_feed_in_another_encoding_declared_or_not(tmp_path, encoding, declared):
    feed = FEED.replace(' encoding="utf-8"', f' encoding="{encoding}"' if declared else "").replace(BODY, ARABIC)
    first = all_of(write(tmp_path, "feed.xml", feed.encode(encoding)))[0]
    assert isinstance(first, RawReport)
    assert first.text.startswith(ARABIC)


def test_a_feed_that_is_only_the_name_of_a_file_opens_no_file(tmp_path):
    other = write(tmp_path, "other.xml", FEED)
    assert "not XML" in failure(write(tmp_path, "feed.xml", str(other)))


def test_the_whole_text_of_an_entry_is_taken_before_its_summary(tmp_path):
    extra = (
        f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">{FRENCH} {BODY}</content:encoded>'
    )
    first = reports(write(tmp_path, "feed.xml", FEED.replace("<pubDate>", extra + "<pubDate>")))[0]
    assert first.text == f"{FRENCH} {BODY}"


def test_an_atom_feed(tmp_path):
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title><entry><title>A</title><updated>2012-06-07T10:00:00Z</updated>
    <content type="text">{BODY}</content></entry></feed>"""
    report = one(write(tmp_path, "feed.atom", atom))
    assert (report.text, report.published) == (BODY, dt.date(2012, 6, 7))


def test_a_feed_may_not_reach_for_files_of_this_machine(tmp_path):
    secret = write(tmp_path, "secret.txt", "the secret words")
    feed = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]>' + FEED.split("?>", 1)[1].replace(
        BODY, "&x;"
    )
    items = all_of(write(tmp_path, "feed.xml", feed))
    assert "the secret words" not in repr(items)


# ---- anything at all


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.xml", "a.jsonl", "noending"])
@given(
    junk=st.one_of(
        st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
    ),
    base=st.sampled_from([b"", FEED.encode(), PAGE.encode(), json.dumps({"text": BODY, "title": "a"}).encode()]),
    place=st.integers(0, 2000),
)
@settings(max_examples=60)
def test_whatever_a_file_holds_something_is_said_and_nothing_raised(tmp_path_factory, name, junk, base, place):
    path = write(tmp_path_factory.getbasetemp(), name, base[:place] + junk + base[place:])
    items = all_of(path)
    assert items
    for item in items:
        str(item).encode("utf-8")
