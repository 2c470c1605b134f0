"""The standard pages in French. Plain spaces: typography is put in when a page is shown. No association is named."""

from campaign.first_pages.texts import PageText

LEGAL = PageText(
    slug="mentions-legales",
    title="Mentions légales",
    search_description="Qui édite ce site, qui l’héberge et comment les joindre.",
    fields={"intro": "Qui édite ce site, qui l’héberge et comment les joindre."},
    body=(("legal_notice", None),),
)

PRIVACY = PageText(
    slug="confidentialite",
    title="Confidentialité",
    search_description="Ce que nous faisons de vos données, combien de temps nous les gardons, et vos droits.",
    fields={
        "intro": "Nous vous demandons peu, pour une seule raison : compter votre signature. Voici ce que nous en "
        "faisons, qui le voit, jusqu’à quand, et comment tout effacer.",
    },
    body=(("privacy", None),),
)

COOKIES = PageText(
    slug="cookies",
    title="Cookies : aucun",
    search_description="Lire ce site et signer ne dépose aucun cookie ni aucun traceur.",
    fields={"intro": "Lire ce site et signer ne laisse rien dans votre navigateur."},
    body=(
        ("heading", "Rien à accepter, rien à refuser"),
        (
            "paragraph",
            "<p>Ce site ne dépose aucun cookie chez qui le lit ou signe. Il n’écrit rien non plus dans la mémoire de "
            "votre navigateur et ne charge ni traceur, ni mesure d’audience, ni bouton d’un autre site. C’est "
            "pourquoi aucun bandeau ne vous interrompt.</p>"
            "<p>Le formulaire s’en passe aussi : un tampon signé, placé dans la page elle-même, suffit à "
            "reconnaître un envoi qui vient bien de ce site.</p>",
        ),
        ("heading", "Une exception : notre équipe"),
        (
            "paragraph",
            "<p>Les personnes qui gèrent ce site s’identifient pour y travailler. Leur navigateur reçoit alors deux "
            "cookies, nécessaires à cette seule connexion et limités aux adresses qui commencent par /admin/ : l’un "
            "tient la session ouverte, l’autre protège les formulaires. Vous ne les recevez jamais.</p>",
        ),
        ("heading", "Ne nous croyez pas sur parole"),
        (
            "paragraph",
            "<p>La page « Vérifiez vous-même », en pied de page, montre comment le contrôler en deux minutes.</p>",
        ),
    ),
)

TERMS = PageText(
    slug="conditions",
    title="Règles de la pétition",
    search_description="Ce que vous signez, qui peut signer, ce qui compte et comment la pétition se termine.",
    fields={"intro": "Ce que vous signez, qui peut signer, ce qui compte, et comment cela se termine."},
    body=(("rules", None),),
)

ACCESSIBILITY = PageText(
    slug="accessibilite",
    title="Accessibilité",
    search_description="Déclaration d’accessibilité de ce site : état de conformité, contact et voies de recours.",
    fields={"intro": "Déclaration d’accessibilité, établie de notre propre initiative."},
    body=(("accessibility", None),),
)

SITE_MAP = PageText(
    slug="plan-du-site",
    title="Plan du site",
    search_description="Toutes les pages de ce site.",
    fields={"intro": "Toutes les pages de ce site, telles qu’elles s’emboîtent."},
    body=(("site_tree", None),),
)

CONTACT = PageText(
    slug="contact",
    title="Contact",
    search_description="Nous écrire, joindre le contact presse, poser une question sur vos données.",
    fields={"intro": "Pour une question, pour la presse, pour vos données."},
    body=(("contact", None),),
)

SECURITY = PageText(
    slug="securite",
    title="Sécurité",
    search_description="Comment nous signaler une faille, et ce qui protège votre visite.",
    fields={"intro": "Comment nous signaler une faille, et ce que nous en faisons."},
    body=(("security", None),),
)

VERIFY = PageText(
    slug="verifiez-vous-meme",
    title="Vérifiez vous-même",
    search_description="Nos promesses sur votre vie privée, et comment les contrôler avec votre navigateur.",
    fields={
        "intro": "Nous promettons que votre visite reste entre vous et nous. Ne nous croyez pas sur parole : il faut "
        "un ordinateur, un navigateur et cinq minutes.",
    },
    body=(
        ("heading", "Ce que nous promettons"),
        (
            "paragraph",
            "<ul><li>Lire ce site et signer ne déclenche aucune requête vers un autre site.</li>"
            "<li>Vous ne recevez aucun cookie, et rien n’est écrit dans la mémoire de votre navigateur.</li>"
            "<li>Ce site n’enregistre votre adresse IP nulle part.</li>"
            "<li>Si un service extérieur devait un jour recevoir une donnée, vous le liriez à côté de la case à "
            "cocher, avant qu’il ne reçoive quoi que ce soit.</li></ul>",
        ),
        ("heading", "Avant de commencer"),
        (
            "paragraph",
            "<ol><li>Ouvrez une fenêtre privée : vos extensions y sont le plus souvent désactivées, et rien n’y reste "
            "de vos visites passées.</li>"
            "<li>Dans cette fenêtre, ouvrez les outils de développement : touche F12 dans Firefox, Chrome et Edge "
            "(sur Mac, Cmd, Option et I). Dans Safari, activez d’abord « Afficher les fonctionnalités pour les "
            "développeurs web » dans les réglages avancés.</li></ol>",
        ),
        ("heading", "Aucune requête vers un autre site"),
        (
            "paragraph",
            "<ol><li>Choisissez l’onglet « Réseau », puis ouvrez notre page d’accueil dans cette fenêtre.</li>"
            "<li>Regardez la colonne « Domaine » (dans Chrome et Edge, un clic droit sur le titre des colonnes "
            "l’ajoute) : elle ne montre qu’un seul nom, celui de ce site.</li>"
            "<li>Ouvrez la pétition, faites défiler, changez de langue : ce nom reste seul.</li>"
            "<li>Cliquez sur la première ligne, puis sur « En-têtes ». La réponse porte une ligne "
            "« Content-Security-Policy » : par elle, nous interdisons à votre navigateur d’appeler un autre "
            "site depuis le nôtre, même par erreur.</li></ol>",
        ),
        ("heading", "Aucun cookie, aucune trace"),
        (
            "paragraph",
            "<ol><li>Choisissez l’onglet « Stockage » (Firefox, Safari) ou « Application » (Chrome, Edge).</li>"
            "<li>Dépliez chaque entrée : cookies, stockage local, stockage de session, IndexedDB, caches. Toutes sont "
            "vides.</li>"
            "<li>Signez, si vous le voulez, et regardez encore : elles le restent.</li></ol>",
        ),
        ("heading", "Ce que ces outils ne montrent pas"),
        (
            "paragraph",
            "<p>Votre navigateur montre ce qui part de chez vous, non ce que devient sur nos machines ce que vous nous "
            "envoyez. Pour cela, il reste vos droits : la page « Confidentialité » dit ce que nous gardons et jusqu’à "
            "quand, et nous devons répondre à qui demande ce que nous détenons sur lui. Votre fournisseur d’accès, de "
            "son côté, voit que vous visitez ce site, comme tout autre site.</p>",
        ),
        ("heading", "Vous trouvez autre chose ?"),
        (
            "paragraph",
            "<p>Dites-le-nous : la page « Sécurité » explique comment. Nous corrigerons, et nous le dirons.</p>",
        ),
    ),
)
