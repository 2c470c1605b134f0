"""The campaign in English, sentence for sentence beside french.py."""

from campaign.demo.texts import PetitionWords
from campaign.first_pages.texts import PageText

SITE_NAME = "Our health data"

ABOUT = (
    "DIGITAL SME France is an association of small and medium-sized enterprises of the digital sector. It favours free "
    "trade and the free flow of data in general; where the fundamental interests of the state are concerned, it asks "
    "for common sense and more rigour."
)

PETITION = PetitionWords(
    title="Entrust French citizens’ health data to a European host",
    demands=(
        "French citizens’ health data are hosted by a European provider.",
        "This hosting is put out to a call for tenders that is open to all and transparent, with fair conditions "
        "of competition for European and French SMEs.",
    ),
    addressee="the French government",
)

ARGUMENTS = (
    (
        "Nothing is more personal",
        "<p>A diagnosis, a treatment, a stay in hospital: little else says as much about a person as "
        "their health data.</p>",
    ),
    (
        "Storing in Europe is not enough",
        "<p>A host under US law puts these data at risk of transfer outside the European Union, "
        "<b>even when they are stored in Europe</b>: the Cloud Act lets US authorities ask an operator "
        "for a person’s communications without that person being told. What protects the data is the "
        "law that the host has to obey.</p>",
    ),
    (
        "There is another way",
        "<p>European companies are able to host this platform. They meet the security criteria and fall "
        "under the law of the European Union alone. What remains is to let them show it, in an open and "
        "transparent procedure.</p>",
    ),
    (
        "A choice that reaches far",
        "<p>Giving this hosting to a European provider would send a strong message: that of a France and "
        "a Europe freeing themselves from technological dependence.</p>",
    ),
)

HOME = PageText(
    slug="home",
    title="Our health data have no reason to leave Europe",
    search_description="A petition by DIGITAL SME France: French citizens’ health data must be hosted by a European "
    "provider, chosen in an open and transparent call for tenders.",
    fields={
        "hero_text": "The French state entrusted the hosting of the Health Data Hub, the platform that gathers "
        "French citizens’ health data, to a Microsoft platform, without an open call for tenders. We ask the "
        "government to reverse that choice.",
    },
    body=(
        ("demand", {"way": "line"}),
        (
            "arguments",
            {
                "heading": "Why this concerns us all",
                "arguments": ARGUMENTS,
            },
        ),
        ("press_release", {"heading": ""}),
        ("papers", {"heading": "The arguments in depth", "number": 3}),
        ("news", {"heading": "", "number": 3}),
        (
            "share",
            {
                "heading": "One signature calls for others",
                "text": "Pass the petition on to those whom it concerns: an e-mail that is written already, or the "
                "address to copy.",
            },
        ),
    ),
)

PETITION_PAGE = PageText(
    slug="petition",
    title="The petition",
    search_description="Sign so that French citizens’ health data are hosted by a European provider, after a call "
    "for tenders that is open to all and transparent.",
    fields={
        "intro": "French citizens’ health data are hosted on a Microsoft platform that was chosen without an open "
        "call for tenders. This choice threatens the confidentiality of these data and the digital sovereignty of "
        "France and Europe. It can be changed. No health data are asked for, here or later.",
    },
    body=(
        ("heading", "What happened"),
        (
            "paragraph",
            "<p>The Health Data Hub is the platform that gathers French citizens’ health data. The French state "
            "entrusted its hosting to a Microsoft platform, without an open call for tenders.</p>"
            "<p>On 9 October 2020 the government issued an order that forbids the transfer of these personal "
            "data outside the European Union. We welcome that decision. It now has to be followed up: as long as "
            "the host is subject to US law, the risk remains.</p>",
        ),
        ("heading", "The risk: a law that reaches across borders"),
        (
            "paragraph",
            "<p>Storing the data in Europe does not put them out of reach. The Cloud Act lets US authorities ask "
            "an operator for a person’s communications without that person being told. A host subject to this "
            "law therefore exposes the data that it holds to a transfer outside the European Union.</p>"
            "<p>The state is the guarantor of sensitive personal data. It is for the state to control access to "
            "them and their use, under the rules of democracy.</p>",
        ),
        ("heading", "European hosts are ready"),
        (
            "paragraph",
            "<p>European companies can host this platform: they meet the security criteria and fall under EU "
            "jurisdiction alone. The COVID-19 pandemic showed that European digital companies, SMEs above all, "
            "know how to digitise the whole economy.</p>"
            "<p>A call for tenders that is open to all and transparent, with fair conditions of competition, "
            "would allow them to prove it.</p>",
        ),
        ("heading", "A simple principle"),
        (
            "paragraph",
            "<p>One cannot speak of digital sovereignty and of regulating the giants of the sector while handing "
            "citizens’ health data to one of them. There is no European digital sovereignty without each "
            "citizen’s sovereignty over their own data.</p>",
        ),
    ),
)

PRESS_INDEX = PageText(
    slug="press-releases",
    title="Press releases",
    search_description="The press releases of the campaign for European hosting of health data.",
    fields={"intro": "What the association tells the press, in full."},
)

PRESS_RELEASE = PageText(
    slug="health-data-microsoft-sovereignty",
    title="French citizens’ health data: hosting by Microsoft threatens confidentiality and sovereignty",
    search_description="Press release of 20 November 2020: DIGITAL SME France asks for a European host and an open "
    "call for tenders for the Health Data Hub.",
    fields={
        "place": "Paris",
        "summary": "DIGITAL SME France asks that French citizens’ health data be hosted by a European provider, "
        "after a call for tenders that is open to all and transparent.",
        "signed_by": "Amandine Laveau-Zimmerlé, president of DIGITAL SME France",
        "contact": "[To be completed: name, telephone and e-mail address of the press contact]",
    },
    body=(
        (
            "paragraph",
            "<p>The French state has entrusted the hosting of the Health Data Hub, which gathers French "
            "citizens’ health data, to a Microsoft platform, without an open call for tenders. For DIGITAL SME "
            "France, an association of small and medium-sized enterprises of the digital sector, this choice "
            "threatens the confidentiality of personal data and French and European digital sovereignty.</p>",
        ),
        ("heading", "Storing in Europe is not enough"),
        (
            "paragraph",
            "<p>Even when they are stored in Europe, data entrusted to a host under US law are at risk of "
            "transfer outside the European Union. The Cloud Act lets US authorities ask an operator for a "
            "person’s communications without that person being told.</p>"
            "<p>The association welcomes the order of 9 October 2020, which forbids the transfer of these "
            "personal data outside the European Union. It asks that the order be followed up.</p>",
        ),
        ("heading", "Two demands to the government"),
        (
            "paragraph",
            "<ol><li>That French citizens’ health data be hosted by a European provider.</li><li>That a call for "
            "tenders be held that is open to all and transparent, with fair conditions of competition for "
            "European and French SMEs.</li></ol>",
        ),
        ("heading", "Europe has the means to choose"),
        (
            "paragraph",
            "<p>There are companies in Europe able to host this platform, which meet the security criteria and "
            "fall under EU jurisdiction alone. The COVID-19 pandemic showed that European digital companies, "
            "SMEs first, can digitise the whole economy. The crisis is a chance to leave technological "
            "dependence behind, at least where the sovereignty of states and citizens is at stake.</p>"
            "<p>The association favours free trade and the free flow of data in general. Where the state’s "
            "fundamental interests are concerned, it asks for common sense and more rigour.</p>"
            "<p>An interview has been requested with Cédric O, Secretary of State for the digital transition and "
            "electronic communications.</p>",
        ),
    ),
)

POSITION_INDEX = PageText(
    slug="position-papers",
    title="Position papers",
    search_description="The position papers of the campaign: the arguments on the hosting of health data in depth.",
    fields={"intro": "The arguments in depth, for those who want more than the petition says."},
)

POSITION_PAPER = PageText(
    slug="digital-sovereignty-and-health-data",
    title="No digital sovereignty without control over health data",
    search_description="Position paper: why the hosting of the Health Data Hub is a matter of sovereignty for the "
    "state, for citizens and for European companies.",
    fields={
        "summary": "This paper sets out the arguments of the press release of 20 November 2020: what the hosting "
        "of the Health Data Hub means for the state, for citizens and for European companies.",
    },
    body=(
        ("heading", "The state, guarantor of sensitive data"),
        (
            "paragraph",
            "<p>The state is the guarantor of sensitive personal data. As such it must control access to them "
            "and their use under the rules of democracy. This control cannot be delegated to a company that the "
            "law of another country can oblige to answer that country’s authorities.</p>"
            "<p>Yet that is the situation that arises when the hosting of the Health Data Hub is entrusted to a "
            "Microsoft platform. The Cloud Act lets US authorities ask an operator for a person’s communications "
            "without that person being told. That the servers stand in Europe makes no difference.</p>",
        ),
        ("heading", "Words and deeds that agree"),
        (
            "paragraph",
            "<p>One cannot defend digital sovereignty, want to regulate the digital giants and, at the same "
            "time, hand citizens’ health data to one of them. The order of 9 October 2020[note 1], which forbids the "
            "transfer of these data outside the European Union, points in the right direction. The choice of a "
            "European host would be its logical continuation.</p>",
        ),
        ("heading", "Sovereignty begins with each citizen"),
        (
            "paragraph",
            "<p>There is no European digital sovereignty without each citizen’s sovereignty over their own "
            "personal data. Nor is there any without support for SMEs, the keystone of the European economy.</p>",
        ),
        ("heading", "An open market, fair rules"),
        (
            "paragraph",
            "<p>DIGITAL SME France favours free trade and the free flow of data in general[note 2]. Asking for a "
            "European host is not asking Europe to close itself off. It is asking for common sense and more "
            "rigour where the state’s fundamental interests are at stake.</p>"
            "<p>That takes a procedure that anyone can check:</p>"
            "<ul><li>a call for tenders that is open to all;</li><li>a transparent procedure;</li>"
            "<li>fair conditions of competition for European and French SMEs.</li></ul>"
            "<p>European companies can answer it: they meet the security criteria and fall under EU jurisdiction "
            "alone.</p>",
        ),
        ("heading", "Learning from the crisis"),
        (
            "paragraph",
            "<p>The COVID-19 pandemic showed that European digital companies, SMEs above all, are able to "
            "digitise the whole economy. This crisis is a chance to leave technological dependence behind, at "
            "least where the sovereignty of states and citizens is at stake. Taking the hosting of the Health "
            "Data Hub from Microsoft and giving it to a European provider would be, for France and for Europe, a "
            "strong message of technological emancipation.</p>",
        ),
    ),
    notes=(
        "Order of 9 October 2020, by which the government forbids the transfer of these personal data outside the "
        "European Union.",
        "Press release of DIGITAL SME France, Paris, 20 November 2020.",
    ),
)

NEWS_INDEX = PageText(
    slug="news",
    title="News",
    search_description="The steps of the campaign for European hosting of French citizens’ health data.",
    fields={"intro": "The steps of the campaign, and the decisions that concern the Health Data Hub."},
)

NEWS_ORDER = PageText(
    slug="order-forbids-transfer-outside-the-european-union",
    title="An order forbids the transfer of health data outside the European Union",
    search_description="On 9 October 2020 the French government forbids by order the transfer of the Health Data "
    "Hub’s data outside the European Union.",
    fields={
        "summary": "On 9 October 2020 the government issued an order that forbids the transfer of these personal "
        "data outside the European Union. A first step, which has to be followed up.",
    },
    body=(
        (
            "paragraph",
            "<p>By an order of 9 October 2020 the government forbids the transfer outside the European Union of "
            "the personal data gathered by the Health Data Hub. DIGITAL SME France welcomes that decision.</p>"
            "<p>The association asks that the order be followed up. The ban does not change the law that the "
            "host is subject to: as long as the platform is hosted by a company under US law, the risk of a "
            "transfer remains. Only a host that falls under European jurisdiction alone puts an end to it.</p>",
        ),
        ("sign_link", "Read the petition and sign it"),
    ),
)

NEWS_RELEASE = PageText(
    slug="press-release-and-request-for-an-interview",
    title="The association publishes its press release and requests an interview with Cédric O",
    search_description="On 20 November 2020, in Paris, DIGITAL SME France made its two demands on the hosting of "
    "health data public.",
    fields={
        "summary": "On 20 November 2020, in Paris, DIGITAL SME France made its two demands to the government "
        "public. An interview has been requested with Cédric O.",
    },
    body=(
        (
            "paragraph",
            "<p>On 20 November 2020, in Paris, DIGITAL SME France published a press release signed by its "
            "president, Amandine Laveau-Zimmerlé. Its subject is the hosting of French citizens’ health data by "
            "Microsoft, which threatens the confidentiality of personal data and the digital sovereignty of "
            "France and Europe.</p>"
            "<p>In it the association makes two demands: hosting by a European provider, and a call for tenders "
            "that is open to all and transparent.</p>"
            "<p>An interview was requested with Cédric O, then Secretary of State for the digital transition and "
            "electronic communications. The press release can be read in full on the page “Press "
            "releases”.</p>",
        ),
        ("sign_link", "Read the petition and sign it"),
    ),
)
