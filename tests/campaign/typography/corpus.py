"""French as it is typed, and as it is read: pairs, with the two no-break spaces made visible.

`_` is U+00A0 and `~` is U+202F; a text that holds either of them for itself is written with NB and NN.
"""

NB, NN = "\u00a0", "\u202f"

# What has to change.
CHANGED = [
    # High signs
    ("Bonjour !", "Bonjour~!"),
    ("Bonjour!", "Bonjour~!"),
    ("Pourquoi ?", "Pourquoi~?"),
    ("Pourquoi?", "Pourquoi~?"),
    ("L’un ; l’autre", "L’un~; l’autre"),
    ("L’un; l’autre", "L’un~; l’autre"),
    ("Quoi ?!", "Quoi~?!"),
    ("Quoi?!", "Quoi~?!"),
    ("Non !!!", "Non~!!!"),
    ("Oui ! Non ! Peut-être ?", "Oui~! Non~! Peut-être~?"),
    ("Bravo  !", "Bravo~!"),
    ("(Vraiment ?)", "(Vraiment~?)"),
    ("(vraiment?)", "(vraiment~?)"),
    ("En 2020 ?", "En 2020~?"),
    ("En 2020?", "En 2020~?"),
    ("Et après ?…", "Et après~?…"),
    ("Élu·e·s ?", "Élu·e·s~?"),
    ("« Non ! » dit-elle", "«_Non~!_» dit-elle"),
    ("Oui !, dit-il", "Oui~!, dit-il"),
    # The colon
    ("Demande : agir", "Demande_: agir"),
    ("Demande: agir", "Demande_: agir"),
    ("Les faits :\nici", "Les faits_:\nici"),
    ("Article 5 : le droit", "Article 5_: le droit"),
    ("Il dit : « Oui »", "Il dit_: «_Oui_»"),
    ("À 14:30 : ouverture", "À 14:30_: ouverture"),
    # Quotation marks
    ("« mot »", "«_mot_»"),
    ("«mot»", "«_mot_»"),
    ("«  mot  »", "«_mot_»"),
    ("Le « cloud » français", "Le «_cloud_» français"),
    ("« Le “nuage” »", "«_Le “nuage”_»"),
    ('"mot"', "«_mot_»"),
    ('Il dit "oui", puis "non".', "Il dit «_oui_», puis «_non_»."),
    ('("cloud")', "(«_cloud_»)"),
    ('l\'"État"', "l’«_État_»"),
    ('"Bravo!"', "«_Bravo~!_»"),
    # No space before
    ("un , deux", "un, deux"),
    ("La fin .", "La fin."),
    ("(peut-être )", "(peut-être)"),
    ("Il hésite …", "Il hésite…"),
    ("50 % , au moins", "50_%, au moins"),
    # The ellipsis
    ("Attendez...", "Attendez…"),
    ("Attendez ...", "Attendez…"),
    ("...et puis", "…et puis"),
    ("[...]", "[…]"),
    ("Un, deux... trois", "Un, deux… trois"),
    ("Quoi...?", "Quoi…?"),
    # Apostrophes
    ("l'hébergeur", "l’hébergeur"),
    ("Aujourd'hui, j'ai dit qu'il", "Aujourd’hui, j’ai dit qu’il"),
    ("L'État", "L’État"),
    ("d'1 million", "d’1_million"),
    ("qu'« il »", "qu’«_il_»"),
    ("presqu'île", "presqu’île"),
    # Numbers
    ("1 234 signatures", "1~234 signatures"),
    ("12 345 678 signatures", "12~345~678 signatures"),
    ("plus de 6 000 000 de voix", "plus de 6~000~000 de voix"),
    ("SIREN 123 456 789", "SIREN 123~456~789"),
    ("1 234,56 €", "1~234,56_€"),
    ("50 %", "50_%"),
    ("50%", "50_%"),
    ("de 20% à 30 %.", "de 20_% à 30_%."),
    ("100 €", "100_€"),
    ("100€", "100_€"),
    ("3 M€", "3_M€"),
    ("12 km", "12_km"),
    ("5 Go par an", "5_Go par an"),
    ("20 °C", "20_°C"),
    ("1 million de signatures", "1_million de signatures"),
    ("2,5 milliards d’euros", "2,5_milliards d’euros"),
    ("100 euros", "100_euros"),
    ("80 km/h", "80_km/h"),
    # Days and hours
    ("20 novembre 2020", "20_novembre 2020"),
    ("1 novembre 2020", "1er_novembre 2020"),
    ("1er novembre 2020", "1er_novembre 2020"),
    ("le 1 mai", "le 1er_mai"),
    ("le 20 Novembre 2020", "le 20_novembre 2020"),
    ("le 14 Juillet", "le 14_Juillet"),
    ("du 3 au 5 août", "du 3 au 5_août"),
    ("14h30", "14_h_30"),
    ("14 h 30", "14_h_30"),
    ("à 9h", "à 9_h"),
    ("à 9 h précises", "à 9_h précises"),
    ("24h/24", "24_h/24"),
    ("sous 48 h.", "sous 48_h."),
    # Ordinals, centuries, titles, numbers of things
    ("le 2ème tour", "le 2e tour"),
    ("les 3èmes assises", "les 3es assises"),
    ("la 1ère fois", "la 1re fois"),
    ("les 1ères fois", "les 1res fois"),
    ("le XXIème siècle", "le XXIe_siècle"),
    ("le XXIe siècle", "le XXIe_siècle"),
    ("le Ier siècle", "le Ier_siècle"),
    ("n° 5", "n°_5"),
    ("n°5", "n°_5"),
    ("N° 12", "N°_12"),
    ("M. Essai", "M._Essai"),
    ("Mme Essai et MM. Essai", "Mme_Essai et MM._Essai"),
    ("Mlle Élise", "Mlle_Élise"),
    ("le Dr Essai", "le Dr_Essai"),
]

# What must come out as it went in.
UNCHANGED = [
    *("", " ", "\n", "Un texte sans rien.", "Déjà fait", "!", ":", "« »", "«»", "»", "«"),
    # Addresses, paths, code
    "https://example.org/a:b;c?d=e!f",
    "https://example.org/?q=50%&r='a'",
    "http://localhost:8000/",
    "www.example.org/l'eau",
    "mailto:essai@example.org?subject=a:b",
    "essai@example.org",
    "o'neil@example.org",
    "@compte!",
    "/etc/hosts; /usr/bin/env:",
    "~/fichier: ./autre: ../encore:",
    "C:\\dossier\\l'eau",
    "std::vector",
    "a::b",
    "sha256:0123456789abcdef",
    "0123 4567 89ab cdef",
    "rgb(1,2,3)",
    "x != y",
    "&amp; &eacute;",
    "le domaine .fr et le fichier .env",
    "la version 1.2.3",
    # Times, ratios, numbers that are none
    *("14:30", "16:9", "de 14:30 à 15:45", "75001 Paris", "en 2020 500 personnes", "01 23 45 67 89"),
    *("1234567", "1,5", "3.14", "1...10", "A4", "G7", "5 ans"),
    "l’article 5 s’applique",
    # Faces and short names
    *("Bien :-)", "Bien ;)", "Dommage :(", "Hourra :D", "Hourra :tada: oui", "Oh :'("),
    # No-break spaces that are there
    f"Bonjour{NN}!",
    f"Bonjour{NB}!",
    f"Demande{NB}: agir",
    f"Demande{NN}: agir",
    f"«{NB}mot{NB}»",
    f"«{NN}mot{NN}»",
    f"50{NN}%",
    f"1{NB}234{NB}567",
    # Quotation marks and apostrophes that are not sure
    *('5" et 6', 'Un " seul', "'mot'", "les '90", "5' 30"),
    *("....", "Qui sait ....", "( !", "?!"),
    # Words
    *("le 2e tour", "la 1re fois", "Me voici", "M. et Mme", "Mars 2020", "un mai", "1er"),
]


def seen(marked: str) -> str:
    """Return a text of the corpus with its no-break spaces."""
    return marked.replace("_", NB).replace("~", NN)
