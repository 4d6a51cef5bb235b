"""Invented names and questions. Nobody here exists; numbers lie in ranges that are not given out."""

from __future__ import annotations

from numpy.random import Generator

FIRST = (
    "Aaltje Achmed Agnes Alina Amira Anke Anton Arjan Aylin Bart Berend Bianca Bo Carlijn Casper "
    "Cees Chantal Daan Dilan Dorien Ebru Eef Elif Els Emre Esmee Evert Femke Fenna Ferdi Frank Gerda "
    "Gerrit Gijs Greet Hamid Hanneke Harm Hasan Heleen Hennie Ilona Imane Ineke Iris Jan Jannie "
    "Jasper Jelle Jeroen Joost Judith Kadir Karin Kees Kim Klaas Kornelia Lars Leyla Lianne Lotte "
    "Luuk Maaike Marcin Mariska Marloes Meryem Mieke Milan Moniek Nadia Niels Nienke Noa Olga Ömer "
    "Patrick Petronella Piet Quinten Rachida Reinder Renske Rik Roos Ruben Sadie Samira Sander Selma "
    "Siem Sjors Sofie Stef Stijn Suzan Tamara Teun Tjitske Tom Trijn Umut Veerle Vincent Wendy "
    "Wietske Willeke Wim Yara Yusuf Zehra Zoë"
).split()
LAST = (
    "ter Aak|Aydin|Bakboord|Beernink|Bijlstra|Blokzijl|Boskamp|Bruggert|Çelikoğlu|Dijkerman|"
    "Doornbosch|Eertink|El Hamdi|Engelbertsen|Eshuisman|Fikkert|Gerritzen|Grootenhuis|Haarmolen|"
    "Hesselinkhof|Hofstede|Huiskes|Jalving|Kamerling|Karadenizli|Keizerman|Kokhuisen|Kowalczuk|"
    "Kuipersma|Lammertink|Leussink|Lohuisman|Meijerhof|Mensinkweg|Nijkampen|Nowickaja|Oosterlaken|"
    "Özdemirci|Peddemorsen|Pieperink|Ravenhorster|Reefhuis|Roelvinkel|Rouwenhorst|Scholtenhof|"
    "Sleumerink|Smithuisen|Spanjerberg|Stegehuis|Tijinkhof|Timmerhuisen|Van den Bovenkamp|"
    "Veldscholten|Visscherman|Voortmansen|Wassinkhof|Weghorster|Wesselinkel|Wiggersen|Wolterink|"
    "Yıldırımlı|Zandbelten|Zwienenberg"
).split("|")

QUESTIONS = (
    "Slaapt slecht en maakt zich zorgen over geld. Wil weer rust in huis.",
    "Is somber na het verlies van werk. Komt weinig buiten.",
    "Heeft paniek in de bus en durft niet meer naar de winkel.",
    "Zorgt voor haar moeder en is op. Wil weten wie kan helpen.",
    "Na de scheiding alleen. Mist mensen om mee te praten.",
    "Drinkt meer dan hij wil sinds zijn broer overleed.",
    "Veel ruzie thuis, ook over de kinderen. Weet niet waar te beginnen.",
    "Piekert veel en heeft last van de buren. Wil weer kunnen slapen.",
    "Voelt zich leeg sinds zij met pensioen is. Zoekt iets te doen.",
    "Is bang dat het weer misgaat na een opname. Wil iemand die het kent.",
    "Heeft schulden en schaamt zich. Post blijft liggen.",
    "Is net verhuisd, kent niemand en is veel moe.",
    "Kan zich niet meer richten op werk. Vraagt zich af wat er is.",
    "Rouwt om haar zoon. Wil praten, geen pillen.",
    "Heeft pijn en is daardoor veel boos. Zoekt een uitweg.",
    "Zit vast tussen werk, zorg en een ziek kind.",
)
WISHES = (
    "",
    "",
    "",
    "Liever een vrouw",
    "Neemt haar zus mee",
    "Na 17.00 uur",
    "Niet op woensdag",
    "Neemt iemand mee",
    "Graag een rustige plek",
    "Tolk Turks nodig",
    "Kan moeilijk reizen",
)
STEPS: dict[str, tuple[str, ...]] = {
    "multidisciplinary_ggz": ("Aanmelden bij het team in de ggz", "Behandeling bij een team in de ggz"),
    "monodisciplinary_ggz": ("Zes gesprekken met één behandelaar", "Korte behandeling voor paniek"),
    "social_domain": ("Samen met maatschappelijk werk de post ordenen", "Hulp bij geld en wonen"),
    "social_basis": ("Meedoen bij de wandelgroep", "Elke dinsdag naar de inloop"),
    "own_network": ("Met haar zus afspraken maken voor de week", "Zelf verder met hulp van vrienden"),
    "none": ("Geen hulp nodig, wel een gesprek over drie maanden",),
    "other": ("Terug naar de huisarts voor onderzoek", "Hulp bij werk via de werkgever"),
    "unknown": ("Eerst rust, daarna samen kiezen",),
}
STEP_KIND = {
    "multidisciplinary_ggz": "ggz_multidisciplinary",
    "monodisciplinary_ggz": "ggz_monodisciplinary",
    "social_domain": "social_domain",
    "social_basis": "social_basis",
    "own_network": "own_network",
    "none": "own_network",
    "other": "other",
    "unknown": "other",
}
EXTRA_STEPS = (
    ("Elke dag een half uur naar buiten", "own_network"),
    ("Online oefenen met slapen", "digital"),
    ("Kennismaken met een ervaringsdeskundige", "lived_experience"),
    ("Meedoen met de kookgroep", "group"),
)
REPORT = (
    "Wij spraken over wat er nu speelt en wat helpt. U vertelde dat vooral de avonden zwaar zijn. "
    "Samen kozen wij een eerste stap: {step}. Over een paar weken kijken wij samen terug."
)


def full_name(rng: Generator) -> str:
    """A first name and a surname."""
    return f"{FIRST[int(rng.integers(len(FIRST)))]} {LAST[int(rng.integers(len(LAST)))]}"


def mobile(number: int) -> str:
    """A mobile number in a range that is not given out."""
    return f"060000{number % 10000:04d}"


def pick(rng: Generator, options: tuple[str, ...]) -> str:
    """One of these."""
    return options[int(rng.integers(len(options)))]
