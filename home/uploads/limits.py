"""Every limit of what staff upload, with its reason."""

PICTURE_BYTES = (
    25 * 1024 * 1024
)  # the largest photographs that phones take; a scan of a poster is below it, too
PICTURE_PIXELS = 64_000_000  # phones go to 50 million; decoded, one pixel takes three or four bytes of memory
LONG_SIDE = 2560  # pixels: fills a large screen, and no page shows a picture larger
DOCUMENT_BYTES = 25 * 1024 * 1024  # what a mailbox takes: a journalist passes it on
ZIP_MEMBERS = 10_000  # a docx has some dozens; a list of millions would only keep us busy
