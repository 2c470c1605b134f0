"""The campaign in French. Plain spaces: the typography of « » and of : ; ! ? is put in when a page is shown."""

from campaign.demo.texts import PetitionWords
from campaign.first_pages.texts import PageText

SITE_NAME = "Nos données de santé"

ABOUT = (
    "DIGITAL SME France est une association de petites et moyennes entreprises du secteur numérique. Elle est "
    "favorable au libre-échange et à la libre circulation des données en général ; lorsque les intérêts "
    "fondamentaux de l’État sont en cause, elle demande du bon sens et davantage de rigueur."
)

PETITION = PetitionWords(
    title="Confier les données de santé des Français à un hébergeur européen",
    demands=(
        "Les données de santé des citoyens français sont hébergées par un prestataire européen.",
        "Cet hébergement fait l’objet d’un appel d’offres ouvert à tous et transparent, dans des conditions "
        "de concurrence équitables pour les PME européennes et françaises.",
    ),
    addressee="le gouvernement français",
)

ARGUMENTS = (
    (
        "Rien n’est plus personnel",
        "<p>Un diagnostic, un traitement, une hospitalisation : peu d’informations disent autant de "
        "choses d’une personne que ses données de santé.</p>",
    ),
    (
        "Stocker en Europe ne suffit pas",
        "<p>Un hébergeur soumis au droit américain expose ces données à un transfert hors de l’Union "
        "européenne, <b>même lorsqu’elles sont stockées en Europe</b> : le Cloud Act permet aux "
        "autorités des États-Unis de demander à un opérateur les communications d’une personne sans que "
        "celle-ci en soit informée. Ce qui protège, c’est le droit auquel l’hébergeur obéit.</p>",
    ),
    (
        "Une autre solution existe",
        "<p>Des entreprises européennes sont capables d’héberger cette plateforme. Elles répondent aux "
        "critères de sécurité et ne relèvent que du droit de l’Union européenne. Il reste à leur donner "
        "la possibilité de le montrer, dans une procédure ouverte et transparente.</p>",
    ),
    (
        "Un choix qui porte loin",
        "<p>Confier cet hébergement à un prestataire européen enverrait un message fort : celui d’une "
        "France et d’une Europe qui s’émancipent de leur dépendance technologique.</p>",
    ),
)

HOME = PageText(
    slug="accueil",
    title="Nos données de santé n’ont pas à sortir d’Europe",
    search_description="Pétition de DIGITAL SME France : que les données de santé des Français soient hébergées "
    "par un prestataire européen, choisi par un appel d’offres ouvert et transparent.",
    fields={
        "hero_text": "L’État a confié l’hébergement du Health Data Hub, la plateforme qui rassemble les données "
        "de santé des Français, à une plateforme de Microsoft, sans appel d’offres ouvert. Nous demandons au "
        "gouvernement de revenir sur ce choix.",
    },
    body=(
        ("demand", {"way": "line"}),
        (
            "arguments",
            {
                "heading": "Pourquoi cela nous concerne tous",
                "arguments": ARGUMENTS,
            },
        ),
        ("press_release", {"heading": ""}),
        ("papers", {"heading": "Le fond des arguments", "number": 3}),
        ("news", {"heading": "", "number": 3}),
        (
            "share",
            {
                "heading": "Une signature en appelle d’autres",
                "text": "Faites suivre la pétition à celles et ceux que cela concerne : un e-mail déjà écrit, ou "
                "l’adresse à copier.",
            },
        ),
    ),
)

PETITION_PAGE = PageText(
    slug="petition",
    title="La pétition",
    search_description="Signez pour que les données de santé des Français soient hébergées par un prestataire "
    "européen, après un appel d’offres ouvert à tous et transparent.",
    fields={
        "intro": "Les données de santé des Français sont hébergées sur une plateforme de Microsoft, choisie sans "
        "appel d’offres ouvert. Ce choix menace la confidentialité de ces données et la souveraineté numérique "
        "de la France et de l’Europe. Il peut être changé. Aucune donnée de santé ne vous est demandée pour signer, "
        "ni ici ni plus tard.",
    },
    body=(
        ("heading", "Ce qui s’est passé"),
        (
            "paragraph",
            "<p>Le Health Data Hub est la plateforme qui rassemble les données de santé des Français. L’État en "
            "a confié l’hébergement à une plateforme de Microsoft, sans appel d’offres ouvert.</p>"
            "<p>Le 9 octobre 2020, le gouvernement a pris un arrêté qui interdit le transfert de ces données "
            "personnelles hors de l’Union européenne. Nous saluons cette décision. Elle appelle maintenant une "
            "suite : tant que l’hébergeur dépend du droit américain, le risque demeure.</p>",
        ),
        ("heading", "Le risque : un droit qui s’applique à distance"),
        (
            "paragraph",
            "<p>Stocker les données en Europe ne les met pas hors d’atteinte. Le Cloud Act permet aux autorités "
            "des États-Unis de demander à un opérateur les communications d’une personne, sans que cette "
            "personne en soit informée. Un hébergeur soumis à cette loi expose donc les données qu’il détient à "
            "un transfert hors de l’Union européenne.</p>"
            "<p>L’État est le garant des données personnelles sensibles. Il lui revient d’en contrôler l’accès "
            "et l’usage, selon les règles de la démocratie.</p>",
        ),
        ("heading", "Des hébergeurs européens sont prêts"),
        (
            "paragraph",
            "<p>Des entreprises européennes peuvent héberger cette plateforme : elles satisfont aux critères de "
            "sécurité et ne relèvent que de la juridiction de l’Union européenne. La pandémie de COVID-19 a "
            "montré que les entreprises européennes du numérique, et d’abord les PME, savent numériser "
            "l’ensemble de l’économie.</p>"
            "<p>Un appel d’offres ouvert à tous et transparent, avec des conditions de concurrence équitables, "
            "leur permettrait d’en apporter la preuve.</p>",
        ),
        ("heading", "Un principe simple"),
        (
            "paragraph",
            "<p>On ne peut pas parler de souveraineté numérique et de régulation des géants du secteur tout en "
            "confiant à l’un d’eux les données de santé des citoyens. Il n’y a pas de souveraineté numérique "
            "européenne sans la souveraineté de chacun sur ses propres données.</p>",
        ),
    ),
)

PRESS_INDEX = PageText(
    slug="communiques",
    title="Communiqués",
    search_description="Les communiqués de presse de la campagne pour un hébergement européen des données de santé.",
    fields={"intro": "Les textes que l’association adresse à la presse, dans leur version intégrale."},
)

PRESS_RELEASE = PageText(
    slug="donnees-de-sante-microsoft-souverainete",
    title="Données de santé des Français : l’hébergement chez Microsoft menace la confidentialité et la souveraineté",
    search_description="Communiqué du 20 novembre 2020 : DIGITAL SME France demande un hébergeur européen et un "
    "appel d’offres ouvert pour le Health Data Hub.",
    fields={
        "place": "Paris",
        "summary": "DIGITAL SME France demande que les données de santé des Français soient hébergées par un "
        "prestataire européen, au terme d’un appel d’offres ouvert à tous et transparent.",
        "signed_by": "Amandine Laveau-Zimmerlé, présidente de DIGITAL SME France",
        "contact": "[À compléter : nom, téléphone et adresse électronique du contact presse]",
    },
    body=(
        (
            "paragraph",
            "<p>L’État français a confié à une plateforme de Microsoft, sans appel d’offres ouvert, "
            "l’hébergement du Health Data Hub, qui rassemble les données de santé des Français. Pour DIGITAL SME "
            "France, association de petites et moyennes entreprises du numérique, ce choix menace la "
            "confidentialité des données personnelles et la souveraineté numérique française et européenne.</p>",
        ),
        ("heading", "Stocker en Europe ne suffit pas"),
        (
            "paragraph",
            "<p>Même stockées en Europe, des données confiées à un hébergeur soumis au droit américain risquent "
            "d’être transférées hors de l’Union européenne. Le Cloud Act permet aux autorités des États-Unis de "
            "demander à un opérateur les communications d’une personne, sans que celle-ci en soit informée.</p>"
            "<p>L’association salue l’arrêté du 9 octobre 2020, qui interdit le transfert de ces données "
            "personnelles hors de l’Union européenne. Elle demande qu’il soit suivi d’effet.</p>",
        ),
        ("heading", "Deux demandes au gouvernement"),
        (
            "paragraph",
            "<ol><li>Que les données de santé des citoyens français soient hébergées par un prestataire "
            "européen.</li><li>Qu’un appel d’offres ouvert à tous et transparent soit organisé, avec des "
            "conditions de concurrence équitables pour les PME européennes et françaises.</li></ol>",
        ),
        ("heading", "L’Europe a les moyens de ce choix"),
        (
            "paragraph",
            "<p>Il existe en Europe des entreprises capables d’héberger cette plateforme, qui répondent aux "
            "critères de sécurité et ne relèvent que de la juridiction de l’Union européenne. La pandémie de "
            "COVID-19 a montré que les entreprises européennes du numérique, PME en tête, peuvent numériser "
            "l’ensemble de l’économie. La crise est l’occasion de sortir de la dépendance technologique, au "
            "moins là où la souveraineté des États et des citoyens est en jeu.</p>"
            "<p>L’association est favorable au libre-échange et à la libre circulation des données en général. "
            "Lorsque les intérêts fondamentaux de l’État sont en cause, elle demande du bon sens et davantage de "
            "rigueur.</p>"
            "<p>Un entretien a été demandé à Cédric O, secrétaire d’État chargé de la transition numérique et "
            "des communications électroniques.</p>",
        ),
    ),
)

POSITION_INDEX = PageText(
    slug="positions",
    title="Positions",
    search_description="Les notes de position de la campagne : le fond des arguments sur l’hébergement des données "
    "de santé.",
    fields={"intro": "Le fond des arguments, pour qui veut aller plus loin que la pétition."},
)

POSITION_PAPER = PageText(
    slug="souverainete-numerique-et-donnees-de-sante",
    title="Pas de souveraineté numérique sans maîtrise des données de santé",
    search_description="Note de position : pourquoi l’hébergement du Health Data Hub engage la souveraineté de "
    "l’État, des citoyens et des entreprises européennes.",
    fields={
        "summary": "Cette note développe les arguments du communiqué du 20 novembre 2020 : ce que l’hébergement "
        "du Health Data Hub engage pour l’État, pour les citoyens et pour les entreprises européennes.",
    },
    body=(
        ("heading", "L’État, garant des données sensibles"),
        (
            "paragraph",
            "<p>L’État est le garant des données personnelles sensibles. À ce titre, il doit en contrôler "
            "l’accès et l’usage selon les règles de la démocratie. Ce contrôle ne se délègue pas à une "
            "entreprise que la loi d’un autre pays peut obliger à répondre aux autorités de ce pays.</p>"
            "<p>C’est pourtant la situation créée lorsque l’hébergement du Health Data Hub est confié à une "
            "plateforme de Microsoft. Le Cloud Act permet aux autorités des États-Unis de demander à un "
            "opérateur les communications d’une personne sans qu’elle en soit informée. Que les serveurs se "
            "trouvent en Europe n’y change rien.</p>",
        ),
        ("heading", "La cohérence du discours et des actes"),
        (
            "paragraph",
            "<p>On ne peut pas défendre la souveraineté numérique, vouloir réguler les géants du numérique et, "
            "dans le même temps, remettre à l’un d’eux les données de santé des citoyens. L’arrêté du "
            "9 octobre 2020[note 1], qui interdit le transfert de ces données hors de l’Union européenne, va dans le "
            "bon sens. Le choix d’un hébergeur européen en serait la suite logique.</p>",
        ),
        ("heading", "La souveraineté commence par chaque citoyen"),
        (
            "paragraph",
            "<p>Il n’y a pas de souveraineté numérique européenne sans la souveraineté de chaque citoyen sur ses "
            "données personnelles. Il n’y en a pas non plus sans soutien aux PME, clé de voûte de l’économie "
            "européenne.</p>",
        ),
        ("heading", "Un marché ouvert, des règles équitables"),
        (
            "paragraph",
            "<p>DIGITAL SME France est favorable au libre-échange et à la libre circulation des données en "
            "général[note 2]. Demander un hébergeur européen n’est pas demander que l’Europe se ferme. C’est demander, "
            "là où les intérêts fondamentaux de l’État sont en jeu, du bon sens et davantage de rigueur.</p>"
            "<p>Cela passe par une procédure que chacun peut vérifier :</p>"
            "<ul><li>un appel d’offres ouvert à tous ;</li><li>une procédure transparente ;</li>"
            "<li>des conditions de concurrence équitables pour les PME européennes et françaises.</li></ul>"
            "<p>Des entreprises européennes peuvent y répondre : elles satisfont aux critères de sécurité et ne "
            "relèvent que de la juridiction de l’Union européenne.</p>",
        ),
        ("heading", "Tirer les leçons de la crise"),
        (
            "paragraph",
            "<p>La pandémie de COVID-19 a montré que les entreprises européennes du numérique, et d’abord les "
            "PME, sont capables de numériser l’ensemble de l’économie. Cette crise est l’occasion de laisser "
            "derrière nous la dépendance technologique, au moins là où la souveraineté des États et des citoyens "
            "est en jeu. Retirer à Microsoft l’hébergement du Health Data Hub pour le confier à un prestataire "
            "européen serait, pour la France et pour l’Europe, un message fort d’émancipation "
            "technologique.</p>",
        ),
    ),
    notes=(
        "Arrêté du 9 octobre 2020 : le gouvernement y interdit le transfert de ces données personnelles hors de "
        "l’Union européenne.",
        "Communiqué de DIGITAL SME France, Paris, 20 novembre 2020.",
    ),
)

NEWS_INDEX = PageText(
    slug="actualites",
    title="Actualités",
    search_description="Les étapes de la campagne pour un hébergement européen des données de santé des Français.",
    fields={"intro": "Les étapes de la campagne et les décisions qui concernent le Health Data Hub."},
)

NEWS_ORDER = PageText(
    slug="un-arrete-interdit-le-transfert-hors-de-l-union-europeenne",
    title="Un arrêté interdit le transfert des données de santé hors de l’Union européenne",
    search_description="Le 9 octobre 2020, le gouvernement interdit par arrêté le transfert hors de l’Union "
    "européenne des données du Health Data Hub.",
    fields={
        "summary": "Le gouvernement a pris, le 9 octobre 2020, un arrêté qui interdit le transfert de ces données "
        "personnelles hors de l’Union européenne. Un premier pas, qui appelle une suite.",
    },
    body=(
        (
            "paragraph",
            "<p>Par un arrêté du 9 octobre 2020, le gouvernement interdit le transfert hors de l’Union "
            "européenne des données personnelles rassemblées par le Health Data Hub. DIGITAL SME France salue "
            "cette décision.</p>"
            "<p>L’association demande que l’arrêté soit suivi d’effet. L’interdiction ne change pas le droit "
            "auquel l’hébergeur est soumis : tant que la plateforme est hébergée chez une entreprise relevant du "
            "droit américain, le risque d’un transfert demeure. Seul un hébergeur qui ne relève que de la "
            "juridiction européenne y met fin.</p>",
        ),
        ("sign_link", "Lire la pétition et la signer"),
    ),
)

NEWS_RELEASE = PageText(
    slug="communique-et-demande-d-entretien",
    title="L’association publie son communiqué et demande un entretien à Cédric O",
    search_description="Le 20 novembre 2020, à Paris, DIGITAL SME France rend publiques ses deux demandes sur "
    "l’hébergement des données de santé.",
    fields={
        "summary": "Le 20 novembre 2020, à Paris, DIGITAL SME France a rendu publiques ses deux demandes au "
        "gouvernement. Un entretien a été demandé à Cédric O.",
    },
    body=(
        (
            "paragraph",
            "<p>DIGITAL SME France a publié le 20 novembre 2020, à Paris, un communiqué signé de sa présidente, "
            "Amandine Laveau-Zimmerlé. Il porte sur l’hébergement des données de santé des Français chez "
            "Microsoft, qui menace la confidentialité des données personnelles et la souveraineté numérique de "
            "la France et de l’Europe.</p>"
            "<p>L’association y formule deux demandes : un hébergement par un prestataire européen, et un appel "
            "d’offres ouvert à tous et transparent.</p>"
            "<p>Un entretien a été demandé à Cédric O, alors secrétaire d’État chargé de la transition numérique "
            "et des communications électroniques. Le communiqué se lit en entier à la page « Communiqués ».</p>",
        ),
        ("sign_link", "Lire la pétition et la signer"),
    ),
)
