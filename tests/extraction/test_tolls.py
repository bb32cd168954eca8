"""Tolls of people harmed, by what the news writer is doing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from timeline.extraction.records import HARMS, QUALIFIERS, SCOPES, Sentence
from timeline.extraction.sentences import split, words
from timeline.extraction.tolls import find_tolls

# (text, [(harm, low, high)]); parts of a whole and further facts have tables of their own below.
TOLLS = [
    # who killed whom
    ("Gunmen killed five villagers near Salma.", [("killed", 5, 5)]),
    ("Mortar rounds have killed at least nine people in Azaz.", [("killed", 9, None)]),
    ("A sniper killed two medics and wounded a driver.", [("killed", 2, 2), ("injured", 1, 1)]),
    ("Police shot dead four demonstrators in Daraa.", [("killed", 4, 4)]),
    ("The blast also wounded more than 30 shoppers.", [("injured", 30, None)]),
    ("IS shot dead 14 captives in Palmyra.", [("killed", 14, 14)]),  # IS is a name, not "is"
    # -ing after the event
    ("A rocket hit the bakery, killing 11 and wounding 40.", [("killed", 11, 11), ("injured", 40, 40)]),
    ("Jets struck twice, killing a nurse and her two sons.", [("killed", 3, 3)]),
    ("The wall fell, injuring nearly 20 pupils.", [("injured", 20, 20)]),
    # who was killed
    ("Seven soldiers were killed on the road to Idlib.", [("killed", 7, 7)]),
    ("Some 60 people have been wounded since dawn.", [("injured", 60, 60)]),
    ("Three guards at a depot near the river were also killed.", [("killed", 3, 3)]),
    ("Up to 40 fighters may have been killed, a commander said.", [("killed", None, 40)]),
    ("Four men were, on Friday, shot dead.", [("killed", 4, 4)]),
    ("Nine farmers in the district (north of Hama) were killed.", [("killed", 9, 9)]),
    ("Eight people, among them a judge, were killed.", [("killed", 8, 8)]),
    ("Six Iraqis were beheaded.", [("killed", 6, 6)]),
    ("About 12 monks of a convent in the hills and one guard were killed.", [("killed", 13, 13)]),
    # the second number leans on the first verb
    ("Ten people were killed and 25 injured in Homs.", [("killed", 10, 10), ("injured", 25, 25)]),
    (
        "Twelve were killed, thirty wounded and five are missing.",
        [("killed", 12, 12), ("injured", 30, 30), ("missing", 5, 5)],
    ),
    ("A clerk was killed and another was wounded.", [("killed", 1, 1), ("injured", 1, 1)]),
    ("Two teachers were killed and a pupil wounded.", [("killed", 2, 2), ("injured", 1, 1)]),
    # they died
    ("At least 16 people died when the roof fell in.", [("killed", 16, None)]),
    ("Five of the passengers drowned.", [("killed", 5, 5)]),
    ("Two hundred people lost their lives in the bombardment.", [("killed", 200, 200)]),
    ("Nine more have since died in hospital.", [("killed", 9, 9)]),
    ("Four others sustained serious burns.", [("injured", 4, 4)]),
    # left dead, found dead
    ("The raid left 14 dead and 30 wounded.", [("killed", 14, 14), ("injured", 30, 30)]),
    ("Clashes left at least six rebels dead in Saraqib.", [("killed", 6, None)]),
    ("The gunmen hacked three traders to death.", [("killed", 3, 3)]),
    ("A masked man shot a policeman dead outside his home.", [("killed", 1, 1)]),
    # the noun governs
    ("The council condemned the massacre of 31 villagers.", [("killed", 31, 31)]),
    ("The killing of six aid workers shocked the town.", [("killed", 6, 6)]),
    ("He confirmed the deaths of two pilots.", [("killed", 2, 2)]),
    ("The bodies of 26 men were found in a ditch.", [("killed", 26, 26)]),
    ("Residents found 19 bodies in the cellar.", [("killed", 19, 19)]),
    ("Shells fell on the quarter, leading to at least seven deaths.", [("killed", 7, None)]),
    ("The hospital reported five deaths and 18 injuries.", [("killed", 5, 5), ("injured", 18, 18)]),
    ("The shelling claimed 33 lives.", [("killed", 33, 33)]),
    ("The crash cost the lives of eight sailors.", [("killed", 8, 8)]),
    ("The brigade lost 44 men in two days.", [("killed", 44, 44)]),
    ("The arrest of 15 students set off the march.", [("detained", 15, 15)]),
    # the toll moves
    ("The death toll rose to 52, from 47 on Sunday.", [("killed", 52, 52)]),
    ("Estimates of the dead range from 320 to 400.", [("killed", 320, 400)]),
    ("The number of registered refugees stands at 2.3 million.", [("displaced", 2_300_000, 2_300_000)]),
    ("The toll from the two blasts now stands at 38.", [("killed", 38, 38)]),
    ("Monitors put the death toll at more than 70.", [("killed", 70, None)]),
    ("A death toll of 17 was given by the hospital.", [("killed", 17, 17)]),
    ("The toll has passed 200, the monitor said.", [("killed", 200, None)]),
    ("The number of people killed in the raid has risen to 19.", [("killed", 19, 19)]),
    # one person
    ("A Turkish photographer was shot dead in Azaz.", [("killed", 1, 1)]),
    ("The mayor of a small town near Hama has been killed.", [("killed", 1, 1)]),
    ("Samir Haddad, 41, a lawyer, was killed by a car bomb.", [("killed", 1, 1)]),
    ("Gunmen killed Samir Haddad, a lawyer, outside his house.", [("killed", 1, 1)]),  # the same man told twice
    ("One of its drivers was wounded.", [("injured", 1, 1)]),
    ("At least one person was injured.", [("injured", 1, None)]),
    ("A reporter was detained at the border.", [("detained", 1, 1)]),
    # lists of victims
    ("A boy and his mother were killed by a shell.", [("killed", 2, 2)]),
    ("The bomb killed the governor and his driver.", [("killed", 2, 2)]),
    ("Gunmen killed a priest, his wife and their three children.", [("killed", 5, 5)]),
    ("The judge was killed along with his son and two guards.", [("killed", 4, 4)]),
    ("Four children, two women and a man were killed.", [("killed", 7, 7)]),
    ("Two women, a nurse and a teacher, were murdered.", [("killed", 2, 2)]),  # the list says who they were
    ("They treated 900 patients, 44 of whom died.", [("killed", 44, 44)]),
    ("They treated 900 patients, of whom 44 died.", [("killed", 44, 44)]),
    # two sides, two tolls
    ("Sixteen farmers and a soldier were killed.", [("killed", 16, 16), ("killed", 1, 1)]),
    ("The fighting killed 12 soldiers and five civilians.", [("killed", 12, 12), ("killed", 5, 5)]),
    ("At least 20 rebels and 9 soldiers were killed.", [("killed", 20, None), ("killed", 9, 9)]),
    (
        "Raids killed 61 soldiers, 27 civilians and 14 rebels.",
        [("killed", 61, 61), ("killed", 27, 27), ("killed", 14, 14)],
    ),
    ("One soldier and one rebel were killed.", [("killed", 2, 2)]),
    ("The monitor reported 64 villagers and rebel fighters killed.", [("killed", 64, 64)]),  # counted together
    # both
    ("Both pilots were killed.", [("killed", 2, 2)]),
    ("The shell wounded both drivers.", [("injured", 2, 2)]),
    ("The raids killed both drivers and passengers.", []),  # nobody says how many
    # one verb, several places
    ("Nineteen were killed in Hama and two in Salma.", [("killed", 19, 19), ("killed", 2, 2)]),
    ("Five died in Hama, and 14 in Salma were freed.", [("killed", 5, 5)]),
    # groups
    ("A family of six was wiped out.", [("killed", 6, 6)]),
    ("A total of 22 people were killed.", [("killed", 22, 22)]),
    ("Twelve of the 20 hostages were killed.", [("killed", 12, 12)]),
    # two sources, two numbers
    (
        "Activists said 40 people were killed; state media spoke of nine dead.",
        [("killed", 40, 40), ("killed", 9, 9)],
    ),
    # how sure
    ("Nearly 50 people are feared dead.", [("killed", 50, 50)]),
    ("Between 60 and 80 people were killed.", [("killed", 60, 80)]),
    ("Fewer than ten soldiers were wounded.", [("injured", None, 10)]),
    ("Dozens were killed and hundreds wounded.", [("killed", 12, None), ("injured", 100, None)]),
    ("Thirty people were killed or wounded in the raid.", [("killed", None, 30), ("injured", None, 30)]),
    ('The army said it killed "dozens of gunmen" there.', [("killed", 12, None)]),
    # missing, detained, displaced
    ("Rebels are holding 48 pilgrims captive.", [("detained", 48, 48)]),
    ("Six sailors are still missing.", [("missing", 6, 6)]),
    ("At least 80 people remain unaccounted for.", [("missing", 80, None)]),
    ("Troops rounded up about 150 men.", [("detained", 150, 150)]),
    ("Two nuns were abducted from the convent.", [("detained", 2, 2)]),
    ("The offensive displaced more than 70,000 people.", [("displaced", 70000, None)]),
    ("Around 4,000 residents fled the town overnight.", [("displaced", 4000, 4000)]),
    ("More than 20,000 refugees crossed into Turkey.", [("displaced", 20000, None)]),
    # headlines
    ("Air raids kill 9 in Douma", [("killed", 9, 9)]),
    ("17 dead in Hama market blast", [("killed", 17, 17)]),
    ("Car bomb leaves 6 dead, 20 wounded", [("killed", 6, 6), ("injured", 20, 20)]),
    ("Dozens more killed as shelling goes on", [("killed", 12, None)]),
    ("6 shepherds killed 9 others injured by mine", [("killed", 6, 6), ("injured", 9, 9)]),  # comma lost
    ("Civilian killed 4 injured in Damascus", [("killed", 1, 1), ("injured", 4, 4)]),
    ("Rockets kill 13 State television", [("killed", 13, 13)]),
    ("Death toll from ferry blast hits 61", [("killed", 61, 61)]),
    ("Cameraman killed in Aleppo", [("killed", 1, 1)]),
    ("Militants execute 12 captive soldiers", [("killed", 12, 12)]),  # captive says which soldiers
    ("Shelling kills 3 guards, 2 drivers hurt", [("killed", 3, 3), ("injured", 2, 2)]),
    ("Baker killed 14 villagers injured in blasts", [("killed", 1, 1), ("injured", 14, 14)]),  # comma lost
    ("14-05-2015 Baker killed 14 villagers injured in blasts", [("killed", 1, 1), ("injured", 14, 14)]),
    ("Plane shot down, pilot killed", [("killed", 1, 1)]),
    ("Over 50 brigade fighter killed in the north", [("killed", 50, None)]),  # plural misspelt
    ("Nov 7 2016 child killed by shelling", [("killed", 1, 1)]),  # a year is no count
    ("Syrian refugees top two million", [("displaced", 2_000_000, None)]),
    ("Nine members of one family killed by mine", [("killed", 9, 9)]),
    ("Twenty guards watching the crossing detained by gunmen", [("detained", 20, 20)]),
    ("Monitor says commander killed in raid", [("killed", 1, 1)]),
    ('The army said 12 "terrorists" had been killed.', [("killed", 12, 12)]),
    # another, a third, one more
    ("The mine killed two shepherds and wounded another in the hills.", [("killed", 2, 2), ("injured", 1, 1)]),
    ("Two guards were killed and a third is missing.", [("killed", 2, 2), ("missing", 1, 1)]),
    ("Gunmen wounded a further six.", [("injured", 6, 6)]),
    ("A clerk was killed and an archivist injured.", [("killed", 1, 1), ("injured", 1, 1)]),  # the verb is left out
    ("A plane came down, and its pilot was captured.", [("detained", 1, 1)]),
    # who they were stands between
    ("Eighteen people -- seven herders and eleven farmers -- have been killed.", [("killed", 18, 18)]),
    ("At least 20 fighters of the (northern) brigade were killed.", [("killed", 20, None)]),
    ('Some 30 members of the "Army of the North" group were killed.', [("killed", 30, 30)]),
    ("At least 23 guards (all volunteers) of the depot were killed.", [("killed", 23, None)]),
    ("About 12 army and 15 rebel fighters were killed.", [("killed", 12, 12), ("killed", 15, 15)]),
    # longer lists of victims
    ("They shot dead a founder of the Harvest Party (HP) and his nephew.", [("killed", 2, 2)]),
    ("A couple and their three children were killed.", [("killed", 5, 5)]),
    ("A potter and nine other persons have been killed.", [("killed", 10, 10)]),  # the others say a potter is one
    ("The head of the village council and two of his aides were killed.", [("killed", 3, 3)]),
    ("The bodies of three farmers, a boy and a nurse were found.", [("killed", 5, 5)]),
    ("A trader was killed along with his sister and two sons.", [("killed", 4, 4)]),
    ("Gunmen killed human rights lawyer Samir Haddad.", [("killed", 1, 1)]),
    # more ways to die and to be hurt
    ("The crash claimed the life of a driver.", [("killed", 1, 1)]),
    ("The trader was found with his throat slit.", [("killed", 1, 1)]),
    ("They entered the house of the trader and killed him.", [("killed", 1, 1)]),
    ("They stabbed her to death.", [("killed", 1, 1)]),
    ("The trader was abducted and killed.", [("detained", 1, 1), ("killed", 1, 1)]),
    ("Another hostage was severely beaten.", [("injured", 1, 1)]),  # who is held may be harmed
    ("Gunmen took a teacher hostage.", [("detained", 1, 1)]),
    ("The mayor was shot and later died.", [("killed", 1, 1)]),
    ("The body of the missing farmer was found.", [("killed", 1, 1)]),
    ("The assailants slit the throats of two guards.", [("killed", 2, 2)]),
    ("Three of the wounded later succumbed to their injuries.", [("killed", 3, 3)]),
    ("The strike led to the death of, at least, six bakers.", [("killed", 6, None)]),
    ("They went on to kill four drivers.", [("killed", 4, 4)]),
    ("Six men were killed and twelve received shrapnel wounds.", [("killed", 6, 6), ("injured", 12, 12)]),
    ("Fifteen others escaped with light injuries.", [("injured", 15, 15)]),
    ("The number of wounded stood at 12.", [("injured", 12, 12)]),
    ("Residents put the number killed at 35.", [("killed", 35, 35)]),
    ("The casualty figure later increased to nine.", [("killed", 9, 9)]),
    ("The army said 40 were killed, the hospital said 52.", [("killed", 40, 40), ("killed", 52, 52)]),
    ("The brigade lost 60 men, and 14 more were captured.", [("killed", 60, 60), ("detained", 14, 14)]),
    ("Eleven pilgrims were seized by gunmen.", [("detained", 11, 11)]),
    ("The floods drove 7,000 people from their homes.", [("displaced", 7000, 7000)]),
    # nobody was harmed
    ("There were no casualties.", []),
    ("No one was killed, the army said.", []),
    ("Nobody was hurt in the blast.", []),
    ("The strike caused no deaths.", []),
    ("Five shells fell without wounding anyone.", []),
    # threatened, feared to come, denied
    ("They threatened to kill 30 hostages.", []),
    ("The plan would displace 5,000 people.", []),
    ("The army denied it had planned to arrest 20 men.", []),
    ("The death toll may rise to 50.", []),
    ("He was jailed for the murder of his brother.", []),
    # freed is not detained
    ("The 300 hostages held in the camp were set free.", []),
    ("The government released 500 detainees.", []),
    # numbers that are no people
    ("The rebels destroyed three tanks and killed 40 sheep.", []),
    ("He was killed three days after the vote.", [("killed", 1, 1)]),
    ("The council passed two resolutions and 300 monitors arrived.", []),
    ("Rebels captured five villages and a checkpoint.", []),
    ("The 57-member bloc lost two votes.", []),
    ("On May 25 the town was shelled for 12 hours; the dead were buried on May 26.", []),
    ("The camp lies 40 kilometres from the border, where soldiers were killed in 2012.", []),
    ("Two suicide bombers killed themselves.", []),
    ("Rebels captured Salma after a week.", []),  # a town
    ("Five fighters had seized the hill.", []),
    ("The Syrian army captured the towns of the valley.", []),
    ("In May 27 towns were shelled and on May 27 a guard was killed.", [("killed", 1, 1)]),
    ("Some 300 soldiers fled the base.", []),  # from a fight, not from home
    ("It was unclear whether he was a guest or a hostage.", []),
    ("One film showed the bodies of a dozen men.", [("killed", 12, 12)]),
    ("The shell injured my hand.", []),
    ("The number of deaths was one of the highest of the year.", []),
    ("Most of the leadership was wiped out.", []),
    ("A village that was wiped out is shown on the map.", []),
    ("They found 50 bodies with wounds.", [("killed", 50, 50)]),  # not injured as well
    # those who kill are not the killed
    ("Two gunmen killed nine people.", [("killed", 9, 9)]),
    ("Three suicide bombers wounded 50 worshippers.", [("injured", 50, 50)]),
]


def tolls(text):
    return find_tolls(text, split(text))


@pytest.mark.parametrize(("text", "expected"), TOLLS, ids=[text for text, _ in TOLLS])
def test_a_toll_is_read_as_the_writer_means_it(text, expected):
    assert [(t.harm, t.low, t.high) for t in tolls(text)] == expected


QUOTES = [
    ("The massacre of 31 civilians in Tremseh shocked the world.", "massacre of 31 civilians in Tremseh"),
    ("Gunmen killed at least five villagers near Salma.", "at least five villagers"),
    ("Some 200 people died in the shelling.", "Some 200 people died"),
    ("The death toll rose to 52 on Sunday.", "death toll rose to 52"),
    ("9,000 are feared to have died.", "9,000 are feared to have died"),
]


@pytest.mark.parametrize(("text", "quote"), QUOTES)
def test_the_quote_runs_from_the_number_or_its_noun_to_the_harm_or_the_victims(text, quote):
    assert [t.text for t in tolls(text)] == [quote]


QUALIFIED = [
    ("Five people were killed.", "exact"),
    ("At least five people were killed.", "at_least"),
    ("More than five people were killed.", "more_than"),
    ("About 50 people were killed.", "about"),
    ("As many as 50 people were killed.", "up_to"),
    ("Fewer than 50 people were killed.", "less_than"),
    ("Between 40 and 50 people were killed.", "range"),
    ("Fifty people are feared dead.", "feared"),
    ("At least fifty people are feared dead.", "at_least"),  # the bound says more than the fear
    ("Scores of people were killed.", "vague"),
]


@pytest.mark.parametrize(("text", "qualifier"), QUALIFIED)
def test_the_qualifier_is_the_writers(text, qualifier):
    assert [t.qualifier for t in tolls(text)] == [qualifier]


VICTIMS = [
    ("Nine people were killed.", None),
    ("Nine others were killed.", None),
    ("Nine civilians were killed.", "civilians"),
    ("Nine schoolchildren were killed.", "children"),
    ("Nine women were killed.", "women"),
    ("Nine government troops were killed.", "soldiers"),
    ("Nine police officers were killed.", "police"),
    ("Nine policemen were killed.", "police"),
    ("Nine rebels were killed.", "rebels"),
    ("Nine UN peacekeepers were killed.", "peacekeepers"),
    ("Nine reporters were killed.", "journalists"),
    ("Nine nurses were killed.", "medics"),
    ("A cameraman was killed.", "journalists"),
    ("Nine activists were killed.", "activists"),
    ("Nine beekeepers were killed.", "beekeepers"),  # a noun the lists do not hold
]


@pytest.mark.parametrize(("text", "victims"), VICTIMS)
def test_the_victims_are_a_plural_word_or_nothing(text, victims):
    assert [t.victims for t in tolls(text)] == [victims]


SCOPES_TOLD = [
    # of the whole war
    ("More than 60,000 people have been killed in the conflict.", "cumulative"),
    ("Since the uprising began, 9,000 people have been killed.", "cumulative"),
    ("At least 100,000 have died since March 2011.", "cumulative"),
    ("He spoke of a war that has killed 250,000 people.", "cumulative"),
    ("He has done little to end the violence in which 30,000 may have died.", "cumulative"),
    ("The five-year civil war has claimed 280,000 lives.", "cumulative"),
    ("More than 230,000 refugees have registered abroad.", "cumulative"),
    (
        "More than 200,000 people have been killed and half the country has fled.",
        "cumulative",
    ),  # no one event has so many
    ("Raids have killed dozens in recent years.", "cumulative"),
    # of one event
    ("Eleven men were killed in the unrest in the town.", "event"),  # a riot, not the crisis
    ("Twelve people were killed in Homs on Monday.", "event"),
    ("Forty people died in the deadliest attack since the war began.", "event"),
    ("Six people were killed in the war-torn city.", "event"),
    ("Nine people have been killed since Tuesday.", "event"),
]


@pytest.mark.parametrize(("text", "scope"), SCOPES_TOLD)
def test_the_toll_of_the_war_is_told_from_that_of_an_event(text, scope):
    assert [t.scope for t in tolls(text)] == [scope]


def test_only_the_toll_beside_the_words_of_the_war_is_cumulative():
    found = tolls(
        "Twelve people were killed on Monday, bringing to 5,000 the dead of a war that has displaced 2 million people."
    )
    assert next((t.low, t.scope) for t in found if t.harm == "killed") == (12, "event")
    assert [(t.low, t.scope) for t in found if t.harm == "displaced"] == [(2_000_000, "cumulative")]


# (text, [(low, part_of)])
PARTS = [
    ("The strike killed 13 people, three of them children.", [(13, None), (3, 0)]),
    ("At least 92 people died, including 32 children.", [(92, None), (32, 0)]),
    ("Seven people, including four women, were killed.", [(7, None), (4, 0)]),
    ("Nine died, among them two medics and three drivers.", [(9, None), (2, 0), (3, 0)]),
    ("Twenty people were killed, six of whom were soldiers.", [(20, None), (6, 0)]),
    ("Raids killed 8 and wounded 30, including 5 children.", [(8, None), (30, None), (5, 1)]),
    ("Eleven people were killed. Among the dead were four children.", [(11, None), (4, 0)]),
    ("Eighteen people were killed. Three of the dead were guards.", [(18, None), (3, 0)]),
    ("Twelve people were killed, including two monks, and 20 others wounded.", [(12, None), (2, 0), (20, None)]),
    ("Mine blast kills 15 including 6 pupils", [(15, None), (6, 0)]),
    ("Raids killed 40, including 9 children and 5 women and injured 70.", [(40, None), (9, 0), (5, 0), (70, None)]),
    ("Ten rebels were killed; four in Homs.", [(10, None), (4, 0)]),  # the ten have no place of their own
    ("Forty were killed, including 19 in Homs, 11 in Hama and 3 in Idlib.", [(40, None), (19, 0), (11, 0), (3, 0)]),
    ("Some 23 people were killed, with 15 killed in Homs and two killed in Hama.", [(23, None), (15, 0), (2, 0)]),
    ("Seventy were killed, of which 25 died in one street.", [(70, None), (25, 0)]),
    ("Seven people including two women and two drivers were killed.", [(7, None), (2, 0), (2, 0)]),
    ("Nine were killed. Three of those killed were guards.", [(9, None), (3, 0)]),
    ("Nine were killed. Among the dead were two cooks and three drivers.", [(9, None), (2, 0), (3, 0)]),
]


@pytest.mark.parametrize(("text", "expected"), PARTS, ids=[text for text, _ in PARTS])
def test_a_sub_count_is_a_part_of_its_whole(text, expected):
    assert [(t.low, t.part_of) for t in tolls(text)] == expected


STANDING = [
    # the first told stands
    ("Twelve people were killed. In another town four people were killed.", [12, 4]),
    # a later, a whole or another account, where it is higher
    ("Twelve people were killed. Residents said 19 had died.", [19, 12]),
    ("Twelve people were killed. The death toll later rose to 15.", [15, 12]),
    ("Seven people were killed on Monday. Altogether 62 people were killed.", [62, 7]),
    ("Twelve people were killed. Residents said nine had died.", [12, 9]),
    ("Twelve guards and 19 rebels were killed, residents said.", [12, 19]),  # one list
    # a figure before a vague count
    ("Dozens were killed in the raid. At least 60 people were killed.", [60, 12]),
    # the news before what came before it
    ("Hours after a judge was shot dead, nine people were killed in a blast.", [9, 1]),
]


@pytest.mark.parametrize(("text", "expected"), STANDING)
def test_the_toll_that_stands_comes_before_those_it_replaces(text, expected):
    assert [t.low for t in tolls(text)] == expected


def test_a_part_points_at_its_whole_wherever_that_stands_in_the_list():
    found = tolls("Twelve people were killed, two of them guards. The death toll later rose to 15.")
    assert [(t.low, t.part_of) for t in found] == [(15, None), (12, None), (2, 1)]


def test_a_part_takes_the_harm_of_its_whole():
    assert {t.harm for t in tolls("The blast wounded 30, including five children.")} == {"injured"}


def test_the_words_of_the_sentences_may_be_given_and_change_nothing():
    text = "At least 92 people died, including 32 children. Raids killed 8 and wounded 30. The council met."
    sentences = split(text)
    given_words = [words(text, sentence.start, sentence.end) for sentence in sentences]
    assert find_tolls(text, sentences, given_words) == find_tolls(text, sentences)


def test_of_a_table_of_harm_words_no_more_is_read_than_a_sentence_can_hold():
    assert 0 < len(tolls("12 killed " * 300)) < 50


@pytest.mark.parametrize(("text", "expected"), TOLLS, ids=[text for text, _ in TOLLS])
def test_wider_white_space_changes_no_toll(text, expected):
    assert [(t.harm, t.low, t.high) for t in tolls(text.replace(" ", "  "))] == expected


def test_who_says_so_is_left_open():
    assert [(t.source, t.via) for t in tolls("Activists said nine people were killed.")] == [(None, None)]


def test_the_basis_names_the_rule():
    (toll,) = tolls("Gunmen killed at least 17 people.")
    assert toll.basis == "'killed' governs 'at least 17 people'; at least leaves the top open"


def test_somebody_told_by_a_pronoun_counts_only_where_nobody_else_is_told_of():
    assert [t.low for t in tolls("He was killed at home.")] == [1]
    assert [t.low for t in tolls("A judge was killed. He was killed at home.")] == [1]


SAID = st.sampled_from(
    """
    killed wounded dead died killing massacre of 12 five at least more than dozens people civilians children a man his
    mother were was and , . including them among death toll rose to from the in Homs since war began had been not no ( )
    bodies found missing arrested displaced fled refugees some who which that body lost lives claimed with along both
    another other hostage held seized him her said " - ; of whom those number 20-30 two May 27 2016 injuries couple third
    one while total altogether residents
    """.split()
)


@given(st.one_of(st.lists(SAID, max_size=60).map(" ".join), st.text(max_size=200)))
def test_any_text_gives_tolls_that_hold_together(text):
    found = tolls(text)
    assert found == tolls(text)
    for index, toll in enumerate(found):
        assert 0 <= toll.start < toll.end <= len(text)
        assert text[toll.start : toll.end] == toll.text
        assert toll.harm in HARMS
        assert toll.qualifier in QUALIFIERS
        assert toll.scope in SCOPES
        assert toll.low is not None or toll.high is not None
        if toll.low is not None and toll.high is not None:
            assert toll.low <= toll.high
        if toll.part_of is not None:
            assert 0 <= toll.part_of < len(found)
            assert toll.part_of != index
            assert found[toll.part_of].part_of is None
            assert found[toll.part_of].harm == toll.harm
    spans = [(t.start, t.end, t.harm) for t in found]
    assert len(set(spans)) == len(spans)


@pytest.mark.parametrize(
    "unit",
    [
        "killed ",
        "12 killed ",
        "killed 12 people and ",
        ") killed ",
        "death toll of ",
        "a ",
        "dead, ",
        "- killed ",
        "including three ",
        "twelve hundred and ",
        "at least ",
        "since war killed 5 ",
    ],
)
def test_time_grows_with_the_length_of_hostile_text(unit):
    assert_linear(lambda text: find_tolls(text, [Sentence(0, len(text))]), unit, 25_000)
