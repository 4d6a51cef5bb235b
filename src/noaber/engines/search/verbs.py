"""Forms of common verbs that share no stem: *gaat* and *gegaan* are said as one word in a phrase."""

from __future__ import annotations

from collections.abc import Mapping

_VERBS = """
kom komt komen kwam gekomen, doe doet doen deed gedaan, ga gaat gaan ging gegaan, zie ziet zien zag
gezien, wil wilt wilde willen wou, kan kun kunt kunnen kon, moet moeten moest, mag mogen mocht, weet
weten wist, sla slaat slaan sloeg geslagen, geef geeft geven gaf gegeven, neem neemt nemen nam
genomen, zit zitten zat, lig ligt liggen lag, sta staat staan stond, krijg krijgt krijgen kreeg
gekregen, voel voelt voelen voelde, zeg zegt zeggen zei gezegd, loop loopt lopen liep gelopen, durf
durft durven durfde, hoor hoort horen hoorde gehoord, word wordt worden werd geworden, maak maakt
maken maakte gemaakt, blijf blijft blijven bleef gebleven, vind vindt vinden vond gevonden, spreek
spreekt spreken sprak, trek trekt trekken trok, help helpt helpen hielp geholpen, lees leest lezen
las gelezen, schrijf schrijft schrijven geschreven, zorg zorgt zorgen zorgde, woon woont wonen
woonde, snij snijd snijdt snijden gesneden, koop koopt kopen kocht, betaal betaalt betalen betaald,
denk denkt denken dacht, huil huilt huilen huilde gehuild, bel belt bellen belde gebeld, gooi gooit
gooien gooide, schreeuw schreeuwt schreeuwen schreeuwde geschreeuwd, scheld scheldt schelden schold,
val valt vallen viel gevallen, zuip zuipt zuipen zoop, blow blowt blowen, game gamet gamen, vergeet
vergeten vergat, zoek zoekt zoeken zocht gezocht, leef leeft leven geleefd, sterf sterft sterven
stierf gestorven, stop stopt stoppen stopte gestopt, begin begint beginnen begon begonnen, zet
zetten gezet, houd hou houdt houden hield, slik slikt slikken geslikt, bedreig bedreigt bedreigen
bedreigd, mishandel mishandelt mishandelen mishandeld, luister luistert luisteren geluisterd, steel
steelt stelen gestolen stal, leen leent lenen geleend, ontsla ontslaat ontslaan, lijd lijdt lijden
leed, stap stapt stappen gestapt, spring springt springen sprong gesprongen, verhang verhangt
verhangen, verdwijn verdwijnt verdwijnen verdween, vertel vertelt vertellen verteld, meemaak
meemaken meegemaakt meemaakte, stalk stalkt stalken gestalkt, plaag plaagt plagen geplaagd, ruim
ruimt ruimen opgeruimd, vervuil vervuilt vervuilen, dreig dreigt dreigen dreigde, lieg liegt liegen
loog gelogen, leer leert leren geleerd, kook kookt koken gekookt, zing zingt zingen zong, sport
sporten gesport, fiets fietst fietsen gefietst, rust rusten gerust, schrik schrikt schrikken
geschrokken, verlaat verlaten verliet, bijt bijten gebeten, schop schopt schoppen geschopt, duw duwt
duwen, aanrand aanranden aangerand, verwaarloos verwaarloost verwaarlozen verwaarloosd, vergok
vergokt vergokken, verspeel verspeelt verspelen verspeeld, open opent openen openmaken
"""


def _forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for verb in _VERBS.replace("\n", " ").split(","):
        first, *others = verb.split()
        forms |= dict.fromkeys(others, first)
    return forms


FORMS: Mapping[str, str] = _forms()
"""A form, and the form that stands for all of them."""
