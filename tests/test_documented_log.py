"""The proxy's log, as documented, holds no link that opens somebody's page."""

import re
from pathlib import Path

from tests.promises.addresses import patterns

RETENTION = Path(__file__).resolve().parent.parent / "docs" / "retention.md"


def test_every_address_with_a_token_is_left_out():
    left_out = re.compile(re.search(r"map \$uri \$kept \{ ~(\S+)  0;", RETENTION.read_text())[1])
    templates = ["/" + pattern.template for pattern in patterns() if "token" in pattern.gaps]
    assert len(templates) > 10
    assert [template for template in templates if not left_out.match(template.replace("%(slug)s", "x"))] == []
