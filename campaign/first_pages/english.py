"""The standard pages in English, sentence for sentence beside french.py."""

from campaign.first_pages.texts import PageText

LEGAL = PageText(
    slug="legal-notice",
    title="Legal notice",
    search_description="Who publishes this site, who hosts it and how to reach them.",
    fields={"intro": "Who publishes this site, who hosts it and how to reach them."},
    body=(("legal_notice", None),),
)

PRIVACY = PageText(
    slug="privacy",
    title="Privacy",
    search_description="What we do with your data, how long we keep them, and your rights.",
    fields={
        "intro": "We ask you for little, for one reason: to count your signature. Here is what we do with it, who "
        "sees it, until when, and how to erase everything.",
    },
    body=(("privacy", None),),
)

COOKIES = PageText(
    slug="cookies",
    title="Cookies: none",
    search_description="Reading this site and signing sets no cookie and no tracker.",
    fields={"intro": "Reading this site and signing leaves nothing in your browser."},
    body=(
        ("heading", "Nothing to accept, nothing to refuse"),
        (
            "paragraph",
            "<p>This site sets no cookie for those who read it or sign. Nor does it write anything into your "
            "browser’s memory or load a tracker, an audience meter or another site’s button. That is why no banner "
            "interrupts you.</p>"
            "<p>The form does without one, too: a signed stamp in the page itself is enough to recognise what was "
            "really sent from this site.</p>",
        ),
        ("heading", "One exception: our team"),
        (
            "paragraph",
            "<p>The people who run this site log in to work on it. Their browser then gets two cookies, needed for "
            "that login alone and limited to addresses that begin with /admin/: one keeps the session open, the other "
            "protects the forms. You never get them.</p>",
        ),
        ("heading", "Don’t take our word for it"),
        (
            "paragraph",
            "<p>The page “Check for yourself”, at the foot of each page, shows how to make sure in two minutes.</p>",
        ),
    ),
)

TERMS = PageText(
    slug="terms",
    title="Rules of the petition",
    search_description="What you sign, who may sign, what counts and how the petition ends.",
    fields={"intro": "What you sign, who may sign, what counts, and how it ends."},
    body=(("rules", None),),
)

ACCESSIBILITY = PageText(
    slug="accessibility",
    title="Accessibility",
    search_description="Accessibility statement of this site: state of compliance, contact and remedies.",
    fields={"intro": "Accessibility statement, made of our own accord."},
    body=(("accessibility", None),),
)

SITE_MAP = PageText(
    slug="site-map",
    title="Site map",
    search_description="All the pages of this site.",
    fields={"intro": "All the pages of this site, nested as they are."},
    body=(("site_tree", None),),
)

CONTACT = PageText(
    slug="contact-us",
    title="Contact us",
    search_description="Write to us, reach the press contact, ask about your data.",
    fields={"intro": "For a question, for the press, for your data."},
    body=(("contact", None),),
)

SECURITY = PageText(
    slug="security",
    title="Security",
    search_description="How to report a weakness to us, and what protects your visit.",
    fields={"intro": "How to report a weakness to us, and what we do about it."},
    body=(("security", None),),
)

VERIFY = PageText(
    slug="check-for-yourself",
    title="Check for yourself",
    search_description="Our promises about your privacy, and how to check them with your browser.",
    fields={
        "intro": "We promise that your visit stays between you and us. Don’t take our word for it: all it takes is a "
        "computer, a browser and five minutes.",
    },
    body=(
        ("heading", "What we promise"),
        (
            "paragraph",
            "<ul><li>Reading this site and signing causes no request to any other site.</li>"
            "<li>You get no cookie, and nothing is written into your browser’s memory.</li>"
            "<li>This site records your IP address nowhere.</li>"
            "<li>If an outside service were ever to receive anything, you would read so beside the box, before it "
            "receives it.</li></ul>",
        ),
        ("heading", "Before you begin"),
        (
            "paragraph",
            "<ol><li>Open a private window: your extensions are mostly off there, and nothing is left of earlier "
            "visits.</li>"
            "<li>In that window, open the developer tools: key F12 in Firefox, Chrome and Edge (on a Mac, Cmd, Option "
            "and I). In Safari, first switch on “Show features for web developers” in the advanced "
            "settings.</li></ol>",
        ),
        ("heading", "No request to any other site"),
        (
            "paragraph",
            "<ol><li>Choose the tab “Network”, then open our home page in that window.</li>"
            "<li>Look at the column “Domain” (in Chrome and Edge, a right click on the head of the columns adds it): "
            "it shows one name only, that of this site.</li>"
            "<li>Open the petition, scroll, change the language: that name stays alone.</li>"
            "<li>Click on the first line, then on “Headers”. The answer holds a line “Content-Security-Policy”: by "
            "it we forbid your browser to call any other site from ours, even by mistake.</li></ol>",
        ),
        ("heading", "No cookie, no trace"),
        (
            "paragraph",
            "<ol><li>Choose the tab “Storage” (Firefox, Safari) or “Application” (Chrome, Edge).</li>"
            "<li>Unfold each entry: cookies, local storage, session storage, IndexedDB, caches. All are empty.</li>"
            "<li>Sign, if you wish, and look again: they still are.</li></ol>",
        ),
        ("heading", "What these tools don’t show"),
        (
            "paragraph",
            "<p>Your browser shows what leaves your machine, not what becomes on ours of what you send. For that you "
            "have your rights: the page “Privacy” says what we keep and until when, and we must answer whoever asks "
            "what we hold about them. Your internet provider, for its part, sees that you visit this site, as with any "
            "other site.</p>",
        ),
        ("heading", "You find something else?"),
        (
            "paragraph",
            "<p>Tell us: the page “Security” explains how. We will mend it, and say so.</p>",
        ),
    ),
)
