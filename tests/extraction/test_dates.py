"""Every expression of time in a report, and the days it names: one table, grouped by what the writer is doing."""

from __future__ import annotations

import datetime as dt
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from timeline.extraction.dates import find_dates
from timeline.extraction.records import DateSpan, Sentence
from timeline.extraction.sentences import split

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
WED = dt.date(2012, 5, 30)  # the day of publication in the table: a Wednesday

Expected = list[tuple[str, str | None]]


def read(text: str, published: dt.date | None = WED) -> tuple[DateSpan, ...]:
    return find_dates(text, split(text), published)


def quotes(text: str, published: dt.date | None = WED) -> Expected:
    return [(span.text, span.value) for span in read(text, published)]


# fmt: off
TABLE: dict[str, list[tuple[str, Expected]]] = {
    "a weekday, told as past": [
        ("The minister spoke on Wednesday.", [("on Wednesday", "2012-05-30")]),  # the day of publication itself
        ("Troops shelled the town on Tuesday.", [("on Tuesday", "2012-05-29")]),
        ("Troops shelled the town on Thursday.", [("on Thursday", "2012-05-24")]),  # tomorrow's weekday is last week's day
        ("Monday the roads were shut.", [("Monday", "2012-05-28")]),  # without "on"
        ("The envoy, who arrived Sunday, left again.", [("Sunday", "2012-05-27")]),
        ("Residents said shells fell Friday night.", [("Friday night", "2012-05-25")]),
        ("Power failed late on Tuesday.", [("late on Tuesday", "2012-05-29")]),
        ("Tuesday's raid was the third.", [("Tuesday's", "2012-05-29")]),
        ("Monday’s raid was the second.", [("Monday’s", "2012-05-28")]),  # the curly apostrophe
        ("The envoy will answer for Monday's raid.", [("Monday's", "2012-05-28")]),  # what is owned by a day is over
        ("The office said it would protest; on Sunday issued its note.", [("on Sunday", "2012-05-27")]),  # the verb at once after
        ("The council decided on Friday to send an envoy.", [("on Friday", "2012-05-25")]),  # that it was settled is over
        ("The two sides agreed in Aleppo on Friday to part.", [("on Friday", "2012-05-25")]),
        ("It happened on Tuesday of last week.", [("on Tuesday of last week", "2012-05-22")]),
        ("ON MONDAY THE ROADS WERE SHUT", [("ON MONDAY", "2012-05-28")]),  # a headline in capitals
        ("They spoke of Fridays raid.", [("Fridays", "2012-05-25")]),  # scraped: its apostrophe lost
        ("Last week, on Monday, he left.", [("Last week", "2012-05-21/2012-05-27"), ("on Monday", "2012-05-21")]),
        ("The talks began on Sunday hoping for a truce.", [("on Sunday", "2012-05-27")]),  # the participle leans on the verb
    ],
    "a night and its two days": [
        ("Shells fell overnight Monday.", [("overnight Monday", "2012-05-28")]),
        ("Shells fell overnight on Monday.", [("overnight on Monday", "2012-05-28")]),
        ("Shells fell overnight into Tuesday.", [("overnight into Tuesday", "2012-05-28/2012-05-29")]),
        ("Shells fell Monday overnight.", [("Monday overnight", "2012-05-28")]),
        ("Shells fell Friday into Saturday.", [("Friday into Saturday", "2012-05-25/2012-05-26")]),
        ("Shells fell on the night of Friday to Saturday.", [("Friday to Saturday", "2012-05-25/2012-05-26")]),
        ("Shells fell in the early hours of Monday.", [("Monday", "2012-05-28")]),
        ("Shells fell around 3am on Wednesday.", [("around 3am on Wednesday", "2012-05-30")]),  # the hour is about, not the day
        ("Shells fell just after midnight on Sunday.", [("midnight on Sunday", "2012-05-27")]),
    ],
    "an explanation in brackets": [
        ("Shells fell on Sunday [27 May].", [("on Sunday", "2012-05-27"), ("27 May", "2012-05-27")]),
        ("Shells fell yesterday [29 May].", [("yesterday", "2012-05-29"), ("29 May", "2012-05-29")]),
        ("Shells fell overnight [29 May].", [("overnight", "2012-05-29"), ("29 May", "2012-05-29")]),
        ("Shells fell on Friday [17 May].", [("on Friday", "2012-05-17"), ("17 May", "2012-05-17")]),  # the brackets win
        ("Shells fell on Sunday (May 27, 2012).", [("on Sunday", "2012-05-27"), ("May 27, 2012", "2012-05-27")]),
        ("They met between Friday [25 May] and 28 May.", [("Friday", "2012-05-25"), ("25 May", "2012-05-25"), ("28 May", "2012-05-28")]),
    ],
    "a weekday still to come": [
        ("The council will meet on Friday.", [("on Friday", "2012-06-01")]),
        ("The talks are scheduled for Saturday.", [("Saturday", "2012-06-02")]),
        ("A vote is due on Monday.", [("on Monday", "2012-06-04")]),
        ("On Sunday the monitors will leave.", [("On Sunday", "2012-06-03")]),
        ("He could arrive as soon as Friday.", [("Friday", "2012-06-01")]),
        ("The envoy said on Monday that he would return on Friday.", [("on Monday", "2012-05-28"), ("on Friday", "2012-06-01")]),
        ("Next Tuesday a new round opens.", [("Next Tuesday", "2012-06-05")]),
        ("He leaves this coming Sunday.", [("this coming Sunday", "2012-06-03")]),
        ("The meeting opens on Thursday.", [("on Thursday", "2012-05-31")]),  # the present of a timetable
        ("The envoy leaves for Rome on Friday.", [("on Friday", "2012-06-01")]),
        ("The game is on Saturday.", [("on Saturday", "2012-06-02")]),
        ("He has until Friday to decide.", [("Friday", "2012-06-01")]),
        ("The report due Thursday is long.", [("Thursday", "2012-05-31")]),
        ("He was to leave Friday.", [("Friday", "2012-06-01")]),
        ("The law comes into force on 1 February.", [("on 1 February", "2013-02-01")]),
        ("Rain was forecast for Thursday.", [("Thursday", "2012-05-31")]),
        ("The storm leaves five towns dark on Friday.", [("on Friday", "2012-05-25")]),  # a headline tells the past
        ("They closed until the weekend.", [("the weekend", "2012-06-02/2012-06-03")]),
        ("It will rain over the next three days.", [("the next three days", "2012-05-30/2012-06-02")]),
    ],
    "last, this and next": [
        ("Last Friday the bridge fell.", [("Last Friday", "2012-05-25")]),
        ("Last Wednesday the bridge fell.", [("Last Wednesday", "2012-05-23")]),  # said on a Wednesday: a week back
        ("They mourned last week's dead.", [("last week's", "2012-05-21/2012-05-27")]),
        ("This week the truce held.", [("This week", "2012-05-28/2012-06-03")]),
        ("The plan dates from last month.", [("last month", "2012-04")]),
        ("Elections come next month.", [("next month", "2012-06")]),
        ("He was freed last year.", [("last year", "2011")]),
        ("Earlier this year the mosque burned.", [("Earlier this year", "2012")]),
        ("Last May the army came.", [("Last May", "2011-05")]),  # not the month of publication
        ("Last November the army came.", [("Last November", "2011-11")]),
        ("It began in March last year.", [("March last year", "2011-03")]),
        ("Last night the lights went out.", [("Last night", "2012-05-29")]),
        ("Over the weekend 40 died.", [("the weekend", "2012-05-26/2012-05-27")]),
        ("Late last week they fled.", [("Late last week", "2012-05-21~/2012-05-27~")]),
    ],
    "the day itself and its neighbours": [
        ("Yesterday shells fell.", [("Yesterday", "2012-05-29")]),
        ("The envoy arrives today.", [("today", "2012-05-30")]),
        ("Earlier today he spoke.", [("Earlier today", "2012-05-30")]),
        ("He returns tomorrow.", [("tomorrow", "2012-05-31")]),
        ("A curfew holds tonight.", [("tonight", "2012-05-30")]),
        ("Nine died overnight.", [("overnight", "2012-05-29/2012-05-30")]),
        ("The day before yesterday it was calm.", [("The day before yesterday", "2012-05-28")]),
        ("The week before last it rained.", [("The week before last", "2012-05-14/2012-05-20")]),
        ("The night before last it rained.", [("The night before last", "2012-05-28")]),
        ("The year before last it rained.", [("The year before last", "2010")]),
        ("The Friday before last it rained.", [("The Friday before last", "2012-05-18")]),
    ],
    "counted back from publication": [
        ("It began three days ago.", [("three days ago", "2012-05-27")]),
        ("It began 10 days ago.", [("10 days ago", "2012-05-20")]),
        ("Some twenty-five days ago it began.", [("Some twenty-five days ago", "2012-05-05")]),
        ("Two weeks ago it began.", [("Two weeks ago", "2012-05-14/2012-05-20")]),  # no more exact than the week
        ("It began two months ago.", [("two months ago", "2012-03")]),
        ("It began nearly a year ago.", [("nearly a year ago", "2011")]),
        ("Three decades ago the town fell.", [("Three decades ago", "198X")]),
        ("A fortnight ago it began.", [("A fortnight ago", "2012-05-14/2012-05-20")]),
        ("It began half a year ago.", [("half a year ago", "2011-11")]),
        ("It began a year and a half ago.", [("a year and a half ago", "2010-11")]),
        ("It began two-and-a-half years ago.", [("two-and-a-half years ago", "2009-11")]),
        ("It began 48 hours ago.", [("48 hours ago", "2012-05-28")]),
        ("It began 12 hours ago.", []),  # of which day is not said
        ("It began a week ago today.", [("a week ago today", "2012-05-23")]),
        ("It began a week ago Monday.", [("a week ago Monday", "2012-05-21")]),
        ("It began a year ago this month.", [("a year ago this month", "2011-05")]),
        ("It began two Fridays ago.", [("two Fridays ago", "2012-05-18")]),
        ("It opens a week from Monday.", [("a week from Monday", "2012-06-11")]),
        ("It opens in two weeks' time.", [("in two weeks' time", "2012-06-11/2012-06-17")]),
        ("In the past three days 40 died.", [("the past three days", "2012-05-27/2012-05-30")]),
        ("Nine died in the last 24 hours.", [("the last 24 hours", "2012-05-29/2012-05-30")]),
    ],
    "counted from the day being told": [
        ("On 25 May the town was shelled. The next day monitors came.", [("On 25 May", "2012-05-25"), ("The next day", "2012-05-26")]),
        ("On 25 May it was shelled; a day earlier it was calm.", [("On 25 May", "2012-05-25"), ("a day earlier", "2012-05-24")]),
        ("He spoke on Monday. Two days later he resigned.", [("on Monday", "2012-05-28"), ("Two days later", "2012-05-30")]),
        ("He spoke on Tuesday. The day before, he had denied it.", [("on Tuesday", "2012-05-29"), ("The day before", "2012-05-28")]),
        ("On 25 May they met. The same day the truce broke.", [("On 25 May", "2012-05-25"), ("The same day", "2012-05-25")]),
        ("He fled in 2005. The following year he returned.", [("2005", "2005"), ("The following year", "2006")]),
        ("He was jailed in June 1998. Later that year he fled.", [("June 1998", "1998-06"), ("Later that year", "1998")]),
        ("On 25 May he spoke, after talks the previous Monday.", [("On 25 May", "2012-05-25"), ("the previous Monday", "2012-05-21")]),
        ("The army struck on Monday. Two days after the strike, aid came.", [("on Monday", "2012-05-28"), ("Two days after", "2012-05-30")]),
        ("He spoke on Monday. The reply came a day before the summit.", [("on Monday", "2012-05-28"), ("a day before", "2012-05-29")]),
        ("He spoke Wednesday. The remarks came just a day after a raid.", [("Wednesday", "2012-05-30"), ("just a day after", "2012-05-29")]),
        ("On Tuesday, two days after the raid, he spoke.", [("On Tuesday", "2012-05-29"), ("two days after", "2012-05-27")]),
        ("They struck two days after 25 May 2012.", [("two days after 25 May 2012", "2012-05-27")]),
        ("The council met a day after the massacre.", [("a day after", None)]),  # the day of the massacre is not said
        ("Two days after the vote on May 3, he left.", [("Two days after", "2012-05-05"), ("on May 3", "2012-05-03")]),
        ("A day before the May 25 raid he left.", [("A day before", "2012-05-24"), ("the May 25", "2012-05-25")]),
        ("On Monday, the day after the raid, he left.", [("On Monday", "2012-05-28"), ("the day after", "2012-05-28")]),
        ("On May 2 a day after the raid he left.", [("On May 2", "2012-05-02"), ("a day after", "2012-05-01")]),  # its comma lost
        ("He came in 2005. The year before, he had fled.", [("2005", "2005"), ("The year before", "2004")]),
        ("He came in March 2005 and left in June of that year.", [("March 2005", "2005-03"), ("June of that year", "2005-06")]),
        ("He came in March 2005 and left the following June.", [("March 2005", "2005-03"), ("the following June", "2005-06")]),
        ("He came on 3 March 2005 and left on 4 May the same year.", [("on 3 March 2005", "2005-03-03"), ("on 4 May the same year", "2005-05-04")]),
        ("It was told in 2005. Later that month he left.", [("2005", "2005"), ("Later that month", None)]),  # no month is told
        ("He came in March 2005 and left on the 25th.", [("March 2005", "2005-03"), ("on the 25th", "2005-03-25")]),
    ],
    "day and month in every order": [
        ("It happened on 25 May 2012.", [("on 25 May 2012", "2012-05-25")]),
        ("It happened on May 25, 2012.", [("on May 25, 2012", "2012-05-25")]),
        ("May 25 2012 was a fair day.", [("May 25 2012", "2012-05-25")]),
        ("On February 4th, 2012, they voted.", [("On February 4th, 2012", "2012-02-04")]),
        ("On the 4th of February they voted.", [("On the 4th of February", "2012-02-04")]),
        ("Wed Aug 3 2016 Shells hit the city.", [("Wed Aug 3 2016", "2016-08-03")]),
        ("AFP Saturday 21 Jun 2014 Shells hit the city.", [("Saturday 21 Jun 2014", "2014-06-21")]),
        ("Updated Apr 152017 Shells hit the city.", [("Apr 152017", "2017-04-15")]),  # scraped: comma and space lost
        ("It fell on Friday, Feb. 3, 2012.", [("on Friday, Feb. 3, 2012", "2012-02-03")]),
        ("Signed 25/05/2012 in Geneva.", [("25/05/2012", "2012-05-25")]),
        ("Signed 05/25/2012 in Geneva.", [("05/25/2012", "2012-05-25")]),  # 25 is no month
        ("Signed 10-07-2016 in Geneva.", [("10-07-2016", "2016-07-10")]),  # day first, as the region writes
        ("Filed 2012-05-25 by wire.", [("2012-05-25", "2012-05-25")]),
        ("Filed 2012-05-25T14:30 by wire.", [("2012-05-25T14:30", "2012-05-25")]),
        ("There was no 30 February 2012.", [("February 2012", "2012-02")]),  # the calendar lacks the day, not the month
        ("Signed 25/05/12 in Geneva.", [("25/05/12", "2012-05-25")]),  # a year of two figures: the nearest
        ("Signed 05/28/12 in Geneva.", [("05/28/12", "2012-05-28")]),
        ("It fell on September the 11th, 2011.", [("on September the 11th, 2011", "2011-09-11")]),
        ("The Sept. 11 attacks and the years since 9/11.", [("The Sept. 11", "2001-09-11"), ("9/11", "2001-09-11")]),
        ("Odds of 9/11 were given.", []),
    ],
    "day and month without a year": [
        ("On 25 May the town was shelled.", [("On 25 May", "2012-05-25")]),
        ("On December 7 the town was shelled.", [("On December 7", "2011-12-07")]),  # the latest one not after publication
        ("On June 4 troops killed nine.", [("On June 4", "2011-06-04")]),  # told as past: last year's
        ("He will answer for the May 25 shelling.", [("the May 25", "2012-05-25")]),  # just past, whatever the verb
        ("He agreed in April to go.", [("April", "2012-04")]),
        ("The vote, postponed until June 7, is off.", [("June 7", "2012-06-07")]),
        ("In 2012 people fled.", [("2012", "2012")]),
        ("The talks are scheduled for June 30.", [("June 30", "2012-06-30")]),
        ("The deadline is June 10.", [("June 10", "2012-06-10")]),
        ("He said it was extended until June 15.", [("June 15", "2012-06-15")]),
        ("They met on Friday, 25 May.", [("on Friday, 25 May", "2012-05-25")]),
        ("On Saturday, 21 May, they met.", [("On Saturday, 21 May", "2011-05-21")]),  # the weekday picks the year
        ("He arrived on the 25th.", [("on the 25th", "2012-05-25")]),
        ("The firm said on Monday it will be paid July 3.", [("on Monday", "2012-05-28"), ("July 3", "2012-07-03")]),
        ("The pact had been set to expire June 6.", [("June 6", "2012-06-06")]),  # planned then, not yet over
        ("They decided to admit the state in early July.", [("early July", "2012-07~")]),
        ("It gave them until mid-July.", [("mid-July", "2012-07~")]),
        ("The loan is repaid by September.", [("September", "2012-09")]),  # a deadline may lie months ahead
        ("On 29 February they met.", [("On 29 February", "2012-02-29")]),
        ("The shop opened Nov. 1 and closes Sept. 30.", [("Nov. 1", "2011-11-01"), ("Sept. 30", "2012-09-30")]),
        ("They had planned it for months before April 2.", [("April 2", "2012-04-02")]),
    ],
    "months": [
        ("Fighting began in March.", [("March", "2012-03")]),
        ("Fighting began in May.", [("May", "2012-05")]),  # the month of publication has begun
        ("Fighting began in September.", [("September", "2011-09")]),
        ("It has raged since March 2011.", [("March 2011", "2011-03")]),
        ("In early March they fled.", [("early March", "2012-03~")]),
        ("In mid-April they fled.", [("mid-April", "2012-04~")]),
        ("They fled at the end of April 2012.", [("the end of April 2012", "2012-04~")]),
        ("A vote will be held in July.", [("July", "2012-07")]),
        ("It fell in the last week of April 2012.", [("the last week of April 2012", "2012-04-24/2012-04-30")]),
        ("They met in the week of 14 May.", [("the week of 14 May", "2012-05-14/2012-05-20")]),
        ("From March to May 2012 it rained.", [("March to May 2012", "2012-03/2012-05")]),
        ("In January and February 2011 it rained.", [("January", "2011-01"), ("February 2011", "2011-02")]),  # one year for both
        ("In April and May of last year it rained.", [("April", "2011-04"), ("May of last year", "2011-05")]),
        ("In the first days of May it rained.", [("the first days of May", "2012-05~")]),
        ("The week beginning 7 May was dry.", [("The week beginning 7 May", "2012-05-07/2012-05-13")]),
    ],
    "years, decades, seasons, quarters": [
        ("It began in 2011.", [("2011", "2011")]),
        ("The 1982 massacre is remembered.", [("1982", "1982")]),
        ("By late 2011 it was war.", [("late 2011", "2011~")]),
        ("In the 1980s the town was razed.", [("the 1980s", "198X")]),
        ("In the '80s the town was razed.", [("the '80s", "198X")]),
        ("In the early 1990s he studied.", [("the early 1990s", "199X~")]),
        ("Rebels held it in 2011-2012.", [("2011-2012", "2011/2012")]),
        ("In the spring of 2011 they marched.", [("the spring of 2011", "2011-21")]),
        ("Last summer they marched.", [("Last summer", "2011-22")]),
        ("In the first quarter of 2012 prices rose.", [("the first quarter of 2012", "2012-01/2012-03")]),
        ("In the second half of 2011 prices rose.", [("the second half of 2011", "2011-07/2011-12")]),
        ("In Q1 2012 and in H2 prices rose.", [("Q1 2012", "2012-01/2012-03"), ("H2", "2011-07/2011-12")]),
        ("In the winter of 2010-11 it snowed.", [("the winter of 2010-11", "2010-24")]),
        ("It is shut until at least 2014.", [("2014", "2014")]),
        ("A year earlier it was calm, in nineteen ninety-six.", [("A year earlier", "2011"), ("nineteen ninety-six", "1996")]),
    ],
    "the year at hand and the year before": [
        ("The deal will be done by year-end.", [("year-end", "2012~")]),
        ("He expects a gain for the full year.", [("the full year", "2012")]),
        ("It fell for the rest of the year.", [("the year", "2012")]),
        ("The year he was born is not known.", []),
        ("Profit rose in the first quarter from $3 million a year earlier.", [("the first quarter", "2012-01/2012-03"), ("a year earlier", "2011-01/2011-03")]),
        ("In the first quarter it lost money. In the first nine months it made less, against $3 a year earlier.", [("the first quarter", "2012-01/2012-03"), ("a year earlier", "2011")]),
        ("First-quarter sales beat the corresponding period last year.", [("First-quarter", "2012-01/2012-03"), ("the corresponding period last year", "2011-01/2011-03")]),
    ],
    "days with a name": [
        ("The boy was found on Thanksgiving Day.", [("on Thanksgiving Day", "2011-11-24")]),  # the fourth Thursday of November
        ("They met at Christmas.", [("Christmas", "2011-12-25")]),
        ("They met on Easter Sunday.", [("on Easter Sunday", "2012-04-08")]),
        ("They met on Labor Day.", [("on Labor Day", "2011-09-05")]),  # the first Monday of September
        ("They met on Memorial Day.", [("on Memorial Day", "2012-05-28")]),  # the last Monday of May
        ("They will meet on New Year's Eve.", [("on New Year's Eve", "2012-12-31")]),
        ("A Christmas tree stood there; they won the Easter egg race.", []),
    ],
    "hours of a day": [
        ("The blast came at 9 a.m. Tuesday.", [("9 a.m. Tuesday", "2012-05-29")]),
        ("It ended at noon on Friday.", [("noon on Friday", "2012-05-25")]),
        ("They have until 9 a.m. Monday to answer.", [("9 a.m. Monday", "2012-06-04")]),
        ("It came at 9 a.m. and was heard far off.", []),  # of which day is not said
    ],
    "until then, in two weeks": [
        ("The truce ends on June 10. Until then he stays.", [("on June 10", "2012-06-10"), ("then", "2012-06-10")]),
        ("The vote will be held in two weeks.", [("in two weeks", "2012-06-11/2012-06-17")]),
        ("He had read it in two days.", []),  # how long it took
    ],
    "ranges": [
        ("On 25-26 May they met.", [("On 25-26 May", "2012-05-25/2012-05-26")]),
        ("It raged on 25 and 26 May.", [("on 25 and 26 May", "2012-05-25/2012-05-26")]),
        ("It raged between May 25 and 27.", [("May 25 and 27", "2012-05-25/2012-05-27")]),
        ("It raged from 12 to 15 April 2012.", [("12 to 15 April 2012", "2012-04-12/2012-04-15")]),
        ("It raged on 3/4 March.", [("on 3/4 March", "2012-03-03/2012-03-04")]),  # the night between them
        ("It raged on 3, 4 and 5 March.", [("on 3, 4 and 5 March", "2012-03-03/2012-03-05")]),
        ("It raged on March 3, 4 and 5.", [("on March 3, 4 and 5", "2012-03-03/2012-03-05")]),
        ("It raged on 3, 10 and 17 March.", [("on 3", "2012-03-03"), ("10", "2012-03-10"), ("17 March", "2012-03-17")]),
        ("It raged on March 3 and April 25, 2011.", [("on March 3", "2011-03-03"), ("April 25, 2011", "2011-04-25")]),
        ("It raged from Monday night to Tuesday.", [("Monday night to Tuesday", "2012-05-28/2012-05-29")]),
        ("It raged from April 28 to May 2, 2012.", [("April 28 to May 2, 2012", "2012-04-28/2012-05-02")]),
        ("Shelling went on from Monday to Thursday.", [("Monday to Thursday", "2012-05-21/2012-05-24")]),
        ("It raged between Friday and Sunday.", [("Friday and Sunday", "2012-05-25/2012-05-27")]),
        ("They met on Monday and Tuesday.", [("on Monday", "2012-05-28"), ("Tuesday", "2012-05-29")]),  # two days, no range
    ],
    "words that only look like time": [
        ("He may march on the capital in the second place.", []),
        ("The March 14 alliance and the 8 March coalition met.", []),
        ("A study by the May Institute was read to April Jones.", []),
        ("Theresa May and June Carter met August Wilson.", []),
        ("A boy aged 12 died beside a 300-strong column.", []),
        ("The 15-nation council sat; he asked for more time now.", []),
        ("Since the Soviet era it has been an ally.", []),
        ("In May 25 people were killed.", [("May", "2012-05")]),  # 25 counts the people
        ("Resolution 2042 was passed by 15 votes.", []),
        ("Some 2000 people fled and 1,950 more followed.", []),
        ("Every Friday they march; Fridays are loud.", []),
        ("The Sunday Times and USA Today told of Black September and Bloody Sunday.", []),
        ("The fall of the city and the Arab Spring were told.", []),
        ("The Christian quarter was shelled from the second line.", []),
        ("The 25th anniversary was marked; sat, sun and wed are words.", []),
        ("It cost $2012 and lasted 3.5 hours.", []),
        ("It shows today's world to the people of tomorrow.", []),
        ("On Fridays attacks are rare.", []),
        ("April 7th Street was shut, and the end of the week-long truce was told.", []),
        ("Nine boys, 3, 4 and 5 years old, and 12 hours of talks.", []),
    ],
}
# fmt: on


@pytest.mark.parametrize(
    "text, expected",
    [pytest.param(text, expected, id=f"{group}: {text}") for group, lines in TABLE.items() for text, expected in lines],
)
def test_finds_what_the_writer_says(text: str, expected: Expected) -> None:
    assert quotes(text) == expected


@pytest.mark.parametrize(
    "text, precision",
    [
        ("on Monday", "day"),
        ("overnight", "range"),
        ("last week", "week"),
        ("in early March", "month"),
        ("last summer", "season"),
        ("in 2011", "year"),
        ("the 1980s", "decade"),
    ],
)
def test_says_how_exact_a_date_is(text: str, precision: str) -> None:
    (span,) = read(text)
    assert span.precision == precision


@pytest.mark.parametrize(
    "text",
    [
        "on Wednesday",
        "yesterday",
        "last week's",
        "overnight",
        "the weekend",
        "On 25 May",
        "in March",
        "Two days ago",
        "from Monday to Thursday",
        "last summer",
        "the past three days",
        "next month",
        "early next year",
    ],
)
def test_without_a_publication_date_nothing_relative_is_resolved(text: str) -> None:
    (span,) = read(f"It happened {text}.", None)
    assert (span.value, span.earliest, span.latest, span.precision) == (None, None, None, "unknown")
    assert span.relative
    assert span.basis.endswith("needs the publication date, which this report does not give")


def test_the_basis_names_the_word_that_needs_the_publication_date() -> None:
    (span,) = read("He spoke on Wednesday.", None)
    assert span.basis == "'Wednesday' needs the publication date, which this report does not give"


def test_what_is_counted_from_a_written_date_needs_no_publication_date() -> None:
    assert quotes("On May 25, 2012, it was shelled. The next day monitors came.", None) == [
        ("On May 25, 2012", "2012-05-25"),
        ("The next day", "2012-05-26"),
    ]


@pytest.mark.parametrize(
    "text, basis",
    [
        ("on Wednesday", "'Wednesday' is the day of publication"),
        ("on Monday", "the latest Monday before publication on Wednesday 30 May 2012"),
        ("on 25 May", "no year is given: the latest one not after publication on Wednesday 30 May 2012"),
        ("on 07/08/2012", "day first, as the region writes; unsure: month first it would be Sunday 8 July 2012"),
        ("on Monday 25 May 2012", "the date as written; the text calls it a Monday, but it was a Friday"),
    ],
)
def test_the_basis_says_the_rule_in_words(text: str, basis: str) -> None:
    (span,) = read(f"It happened {text}.")
    assert span.basis == basis


def test_a_past_that_would_come_after_publication_is_left_open_and_says_so() -> None:
    (day,) = read("The town was shelled on 31 May.")
    assert (day.value, day.earliest) == (None, None)
    assert (
        day.basis == "told as past, but Thursday 31 May 2012 comes after publication on Wednesday 30 May 2012: unsure"
    )
    assert quotes("The town was shelled on Wednesday. The next day monitors came.")[1] == ("The next day", None)


def test_a_word_that_its_brackets_contradict_says_what_it_would_be_alone() -> None:
    word, gloss = read("Shells fell on Friday [17 May].")
    assert (
        word.basis
        == "'Friday', which the text explains as Thursday 17 May 2012; the word alone would be Friday 25 May 2012"
    )
    assert gloss.basis == "an explanation in brackets: the day nearest to publication"


def test_a_short_year_is_said_to_be_a_guess_and_both_readings_are_given() -> None:
    (span,) = read("Signed 07/08/11 in Geneva.")
    assert span.basis == (
        "a year of two figures: the nearest to publication on Wednesday 30 May 2012; "
        "day first, as the region writes; unsure: month first it would be Friday 8 July 2011"
    )


def test_a_day_just_ahead_that_no_verb_places_is_marked_unsure() -> None:
    (span,) = read("The talks of June 10 and their guests.")
    assert span.value == "2012-06-10"
    assert span.basis.endswith("unsure: it may also be Friday 10 June 2011")


@pytest.mark.parametrize(
    "day, value, basis",
    [
        (
            "May 29",
            "2012-05-29",
            "a dateline without its year: the day nearest to publication on Wednesday 30 May 2012",
        ),
        ("May 30", "2012-05-30", "the day of publication, as a dateline is written without its year"),
        (
            "Dec 7",
            "2011-12-07",
            "a dateline without its year: the day nearest to publication on Wednesday 30 May 2012; "
            "unsure: it may also be Friday 7 December 2012",
        ),
    ],
)
def test_a_dateline_without_its_year_is_the_day_nearest_to_publication(day: str, value: str, basis: str) -> None:
    span = read(f"BEIRUT, {day} (Reuters) - Shells will fall.")[0]
    assert (span.value, span.basis) == (value, basis)


@pytest.mark.parametrize("published", [WED, dt.date(2011, 3, 15), dt.date(2016, 2, 29), dt.date(2024, 12, 31)])
def test_a_past_weekday_is_never_after_publication_nor_a_week_before(published: dt.date) -> None:
    for name in "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split():
        (span,) = read(f"Shells fell on {name}.", published)
        assert span.earliest is not None
        assert dt.timedelta() <= published - span.earliest < dt.timedelta(days=7)
        assert span.earliest.strftime("%A") == name


def test_line_breaks_within_an_expression_change_nothing() -> None:
    text = "Shells fell on May 25, 2012 and two days later the town was quiet, as it was last week."
    broken = text.replace(" ", "\n  ")
    found = find_dates(broken, (Sentence(0, len(broken)),), WED)
    assert [(" ".join(span.text.split()), span.value) for span in found] == quotes(text)


def test_the_calendar_ends_are_no_fault() -> None:
    assert [span.value for span in read("It was 999 years ago, or 999 decades ago, and tomorrow.", dt.date.max)] == [
        "9000"
    ]
    assert [span.value for span in read("It was yesterday, or last year.", dt.date.min)] == []


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared folder with the sample article is not beside the project")
def test_the_sample_article_gives_its_dates_and_no_others() -> None:
    (path,) = SEEDS.glob("*.expected.json")
    expected = json.loads(path.read_text("utf-8"))
    text = path.with_name(path.name.replace(".expected.json", ".txt")).read_text("utf-8")
    found = read(text, dt.date.fromisoformat(expected["published"]))
    assert [(span.text, str(span.earliest), str(span.latest)) for span in found] == [
        (date["quote"], date["earliest"], date["latest"]) for date in expected["dates"]
    ]
    undated = read(text, None)
    assert [span.text for span in undated] == [span.text for span in found]
    assert all(span.earliest is None and span.relative for span in undated)


# Words of time and of nothing, thrown together: what a writer would never do, and a scraped page does.
_WORDS = st.sampled_from(
    """
    Monday Tuesday Sunday May March Sept. Feb. may 25 26 1 31st 2012 1999 2000 12/05/2012 2012-02-30 25-26 the on in at of
    from to between and until early late mid- end beginning last next this that past previous following day days week weeks
    month year years ago earlier later before after a two three hundred first third quarter half weekend summer fall
    yesterday today overnight will said met people . , ( ) - – 's \n nineteen ninety-six '80s 1980s fiscal night every
    """.split(" ")
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=40).map(" ".join))
DAYS = st.one_of(st.none(), st.dates())


@given(TEXTS, DAYS)
def test_whatever_the_text_spans_are_in_order_and_quote_it(text: str, published: dt.date | None) -> None:
    found = read(text, published)
    for span in found:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
        assert (span.earliest is None) == (span.latest is None) == (span.value is None)
        assert span.earliest is None or span.latest is None or span.earliest <= span.latest
        assert span.basis
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(TEXTS, DAYS)
def test_reading_twice_reads_the_same(text: str, published: dt.date | None) -> None:
    assert read(text, published) == read(text, published)


@given(TEXTS)
def test_without_a_publication_date_a_value_is_never_taken_from_today(text: str) -> None:
    # A year in the value must be written in the text, in figures or in words.
    spelled = re.search(r"nineteen|two\s+thousand|'80s|ninet", text)
    for span in read(text, None):
        if span.earliest is not None and not spelled and not span.relative:
            decades = [number // 10 for number in map(int, re.findall(r"\d{4}", text))]
            assert span.earliest.year // 10 in decades


@pytest.mark.parametrize(
    "unit",
    [
        "Monday ",
        "1 1 1 1 ",
        "early ",
        "last week of ",
        "May 1-",
        "the end of ",
        "2011-",
        "a day after ",
        "on the ",
        "1/1/",
        "May 25 ",
        "12:30 ",
        "25 mai ",
        "قبل 3 أيام ",
        "'80",
        " ",
    ],
)
def test_time_grows_with_the_length_of_hostile_text(unit: str) -> None:
    assert_linear(lambda text: find_dates(text, split(text), WED), unit, 25_000)
