"""The closed classes of English words by which a news writer says who says something.

Verbs of speech, heads and titles of those who speak, and the words around them. What they mean together is left to
speech.py, speaker_phrases.py and speakers.py; names of people and bodies stand in the lexicon of a conflict.
"""

from __future__ import annotations

SAYS = frozenset(
    """
    said says say told tells tell added adds reported reports announced announces claimed claims stated states confirmed
    confirms warned warns denied denies declared declares insisted insists noted notes acknowledged acknowledges
    admitted
    admits estimated estimates argued argues alleged alleges asserted asserts maintained maintains explained explains
    reiterated reiterates stressed stresses wrote writes tweeted posted affirmed affirms emphasised emphasized concluded
    recalled revealed disclosed complained predicted indicated suggested mentioned
    """.split()
)
# Acts of speech that make a statement without being the source of the words around them.
ACTS = frozenset(
    """
    cautioned condemned condemns urged urges demanded demands accused accuses criticised criticized rejected rejects
    hailed hails welcomed welcomes appealed appeals called calls vowed vows threatened threatens pledged pledges
    denounced
    denounces blamed blames cautions
    """.split()
)
# Verbs of counting speak only for a source that is known as one: "the Observatory counted 40 dead".
COUNTS = frozenset(
    """
    counted counts documented documents recorded registered put puts gave gives listed verified tallied spoke speaks
    placed
    """.split()
)
# Words that lead to whoever says something without being a verb of saying.
LEADS = frozenset("according selon citing quoting quoted".split())
# Words after which a channel may be named: "in a statement to X", "speaking to X", "carried by X".
CHANNEL_WORDS = frozenset(
    """
    statement statements interview interviews remarks remark comments comment speaking talking carried cited call
    conversation phone telephone message article
    """.split()
)
# French and Arabic, where the lexicon knows who speaks: the participle after "a" or "ont", and verbs before their subject.
FRENCH_SAYS = frozenset(
    "indiqué déclaré annoncé affirmé rapporté précisé dit ajouté confirmé assuré expliqué souligné estimé recensé".split()
)
FRENCH_ACCORDING = frozenset("selon d'après".split())
ARABIC_SAYS = frozenset(
    """
    قال قالت وقال وقالت أعلن أعلنت وأعلن وأعلنت ذكر ذكرت وذكر وذكرت أفاد أفادت وأفاد وأفادت أكد أكدت وأكد وأكدت
    أضاف أضافت
    وأضاف وأضافت أوضح أوضحت وأوضح وأوضحت صرح صرحت وثق وثقت ووثق ووثقت أحصى أحصت
    """.split()
)
ARABIC_ACCORDING = frozenset("بحسب حسب وبحسب وفق وفقا وفقاً".split())
SPEECH_WORDS = (
    FRENCH_SAYS | FRENCH_ACCORDING | ARABIC_SAYS | ARABIC_ACCORDING | SAYS | ACTS | COUNTS | LEADS | CHANNEL_WORDS
)
# Verbs that mostly mean something else ("maintains a base", "recalled its ambassador"): they speak where "that" or a
# mark of punctuation follows.
ONLY_THAT = frozenset("maintained maintains recalled posted".split())
NEEDS_THAT = ONLY_THAT | frozenset(
    """
    indicated suggested suggests concluded claimed claims reports notes
    states added adds predicted
    """.split()
)
# What is claimed without a word being said of how many: an attack is one's own.
CLAIMED = frozenset(
    "attack attacks responsibility bombing bombings blast assault credit operation victory lives life".split()
)
# What may stand after the others besides "that", so that a clause follows.
CLAUSE_OPENERS = frozenset(
    """
    that the a an he she it they its there this these those about at in on to some more dozens scores hundreds
    """.split()
)
# Where one of these leads to a subject, a new clause begins with it.
CONJUNCTIONS = frozenset(
    "and but while whereas as after before that which when because although though where if since".split()
)
# Words that open an adverbial before the subject: "On Sunday the agency said".
OPENERS = frozenset(
    """
    on in at by during after before earlier later early late meanwhile also but and however speaking separately for
    from since overnight then now still yesterday today last this
    """.split()
)
RELATIVES = frozenset("who which that whose".split())
HAVE = frozenset("has have had".split())
MALE = frozenset("mr king prince emir sheikh father archbishop bishop pope ayatollah abu abou spokesman he his".split())
FEMALE = frozenset("mrs ms miss queen princess lady umm om mother spokeswoman she her".split())
# A single person or body that "the" points back to: without anybody to point to it names nobody.
NEEDS_ANTECEDENT = frozenset(
    """
    source official spokesman spokeswoman spokesperson diplomat governor ambassador envoy leader minister commander
    resident witness activist doctor medic correspondent reporter director chairman member chief head president
    watchdog group organisation organization network agency office monitor ministry expert analyst coalition council
    committee commission directorate department
    """.split()
)
BE = frozenset("is are was were be been being am".split())
# Stand between a subject and its verb.
BETWEEN = frozenset(
    """
    has have had also later earlier then now again reportedly separately meanwhile however repeatedly immediately
    previously subsequently recently already just still further initially publicly on late early since today yesterday
    monday tuesday wednesday thursday friday saturday sunday last this week month did does would will could may
    might should
    morning evening afternoon night
    """.split()
)
DETERMINERS = frozenset(
    "the a an one another some several many two three other its his her their this that both".split()
)
PREPOSITIONS = frozenset(
    "of in at from for with inside on near within to around across outside by against between under over".split()
)
PARTICLES = frozenset("al el ad ar as ash at az bin ibn ben abu abou de du van von der la le da di".split())
TITLES = frozenset(
    """
    president vice prime minister deputy foreign defence defense interior information secretary secretary-general
    general
    gen lt lieutenant colonel col major maj brigadier captain capt commander commander-in-chief chief spokesman
    spokeswoman spokesperson ambassador envoy governor mayor sheikh king queen prince emir mr mrs ms dr sir lord lady
    professor prof senator chancellor director head chairman chairwoman premier mufti ayatollah pope cardinal patriarch
    archbishop bishop father representative rep sen first finance justice high commissioner coordinator undersecretary
    under-secretary-general leader mp assistant state special joint international peace humanitarian national security
    adviser advisor permanent observer mission team parliamentary speaker acting
    """.split()
)
# Heads of an unnamed source, with what kind of source it is.
HEADS: dict[str, str] = {
    **dict.fromkeys("activist activists campaigners campaigner".split(), "activists"),
    **dict.fromkeys(
        "resident residents witness witnesses eyewitness eyewitnesses survivors survivor villagers locals".split(),
        "witnesses",
    ),
    **dict.fromkeys("townspeople inhabitants refugees neighbours neighbors".split(), "witnesses"),
    **dict.fromkeys("medic medics doctor doctors nurse nurses paramedics surgeon surgeons rescuers".split(), "medics"),
    **dict.fromkeys("rebel rebels insurgents fighters fighter militants".split(), "armed_group"),
    **dict.fromkeys("official officials spokesman spokeswoman spokesperson spokesmen".split(), "official"),
    **dict.fromkeys("diplomat diplomats governor ambassador envoy leader minister commander".split(), "official"),
    **dict.fromkeys("monitor monitors watchdog observatory".split(), "monitor"),
    **dict.fromkeys("army military police troops".split(), "military"),
    **dict.fromkeys("government ministry regime authorities".split(), "government"),
    **dict.fromkeys("opposition".split(), "opposition"),
    **dict.fromkeys("television tv radio newspaper channel daily media station website broadcaster".split(), "outlet"),
    **dict.fromkeys("agency".split(), "agency"),
    **dict.fromkeys("ngo ngos charity".split(), "ngo"),
    **dict.fromkeys(
        """
            photographer cameraman opponents supporters critics workers volunteers journalist journalists
            analyst analysts expert experts investigators inspectors
        """.split(),
        "other",
    ),
    **dict.fromkeys("directorate department bureau council committee commission coalition syndicate".split(), "other"),
    **dict.fromkeys(
        "source sources group groups organisation organization network office mission correspondent reporter".split(),
        "other",
    ),
    **dict.fromkeys("statement director head chief chairman member members father relatives".split(), "other"),
}
# Heads whose own words are the source, even where the phrase goes on: "residents of the town", "a source in the
# ministry".
OWN_VOICE = frozenset(
    """
    activist activists campaigners resident residents witness witnesses eyewitness eyewitnesses survivors
    survivor villagers locals townspeople inhabitants refugees medic medics doctor doctors nurse paramedics
    surgeon photographer cameraman journalist
    journalists opponents supporters critics workers volunteers rebel rebels fighters source sources official
    officials diplomat diplomats relatives
    """.split()
)
# A body with a person behind "of" still speaks for itself: "the government of President …".
BODIES = frozenset("government regime ministry army military police troops opposition authorities".split())
# The last word of a name that is no person's.
ORGANISATIONS = frozenset(
    """
    governorate command university council centre center committee office forces army party front brigade brigades union
    hospital court province city department directorate foundation institute committees network association movement
    coalition league house corps authority agency bank company times post herald tribune news state states
    """.split()
)
# The last word of a name that is no speaker's.
GEOGRAPHY = frozenset(
    """
    river valley bridge street square road highway mountain mountains mount hills plain lake sea gulf desert region
    airport airbase base crossing border east west north south
    """.split()
)
# "according to a count by X": what X gives, not X.
COUNT_NOUNS = frozenset(
    "count tally toll figures figure data statistics estimates estimate report reports list records information".split()
)
COUNTED_BY = frozenset("by from of compiled released provided published issued".split())
# The head of a definite phrase that points back to an organisation named before: "the watchdog", "the group".
POINTS_BACK = frozenset("watchdog monitor group organisation organization network agency observatory office".split())
MODIFIERS = frozenset(
    """
    senior military local medical opposition government official security rebel army news state-run state rights human
    humanitarian political diplomatic western anti-government pro-government antigovernment monitoring activist field
    media judicial local unnamed well-informed informed private pro-regime same undisclosed unspecified
    anonymous high-level unidentified hospital police
    intelligence
    ministry foreign defence defense interior top high-ranking eye press british-based britain-based uk-based
    london-based pro-opposition rescue kurdish aid tribal civil border air naval health municipal provincial war
    official pro-rebel pro-assad opposition-linked anti-regime
    """.split()
)
PRONOUNS = frozenset("he she".split())
NOT_NAMES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december the a an in on at but and for with by it he she they we i this that these those after
    before
    when while as if since although meanwhile however there here earlier later his her their its our who which what
    selon according photo file reuters ap afp editing reporting writing islam muslim christian
    """.split()
)
CHANNEL_HEADS = frozenset(
    "agency television tv channel newspaper daily radio network station broadcaster website magazine".split()
)
# Kinds whose counts are counts of people, so that "gave" and "put" make them a source.
COUNTING_KINDS = frozenset(
    "agency outlet monitor ngo intergovernmental opposition activists medics government official military".split()
)
