"""The promise: where somebody came from is written down nowhere, neither whole nor in part."""

import ipaddress
import socket

import pytest

from tests.promises.traces import traces
from tests.real_site.site import RealSite
from tests.real_site.visitor import Person, Visitor, hidden_token, petition_path

# Documentation networks (RFC 5737, RFC 3849), and an address of this machine for a visitor without a proxy.
ADDRESSES = ("203.0.113.77", "2001:db8:5afe:c0de:ab1e:0:0:77", "127.0.77.7")
BEHIND_THE_PROXY = ADDRESSES[:2]
# What a client may say by itself, without a library that speaks well.
SPOKEN = (
    b"GET /petition/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    b"GET /nulle-part/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    b"NONSENSE\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nBad Header: x\r\n\r\n",
    b"POST /petitions/x/signature/ HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: y\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\nConnection: close\r\n\r\nfirst_name=",
    b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
)


def forms_of(address: str) -> list[str]:
    """Return an address, and the network that it is in, as programs write them: text, number, hexadecimal."""
    ip = ipaddress.ip_address(address)
    bits = 24 if ip.version == 4 else 64
    network = int(ip) >> (ip.max_prefixlen - bits)
    digits = bits // 4
    forms = [ip.compressed, ip.exploded, str(int(ip)), f"{int(ip):x}", f"{ip.version}:{network:x}"]
    if ip.version == 4:
        forms += [f"{address.rpartition('.')[0]}."]
    else:
        forms += [f"{network:0{digits}x}", str(network)]
        forms += ["2001:db8:5afe:c0de", "2001:0db8:5afe:c0de", "5afe:c0de"]
    return forms


def held(site: RealSite) -> dict[str, str]:
    words = [form for address in ADDRESSES for form in forms_of(address)]
    return traces(words, site.database.dump() + site.written())


def network_counters(site: RealSite) -> int:
    return site.database.one("SELECT count(*) FROM petition_tokenbucket WHERE bucket LIKE %s", "network:%")


def everything(visitor: Visitor) -> None:
    """Do whatever a visitor can do, well and badly."""
    somebody = Person.somebody()
    mail = visitor.sign_and_read_mail(somebody, agree_newsletter="on", postcode="75011")
    thanks = visitor.confirm(mail)
    visitor.sign_and_read_mail(somebody)
    visitor.send("/signature/message/", {"email": somebody.email})
    visitor.withdraw(thanks)
    visitor.sign(somebody, email="no-address")
    visitor.send(petition_path(), {}, {"Origin": "https://elsewhere.example"})
    for path in (
        "/nulle-part/",
        "/signature/page/x/",
        "/api/petitions/x/count.json",
        "/health/ready",
        "/admin/",
    ):
        visitor.read(path)
    visitor.read("/", Host="evil.example")
    visitor.ask("DELETE", petition_path())
    token = hidden_token(visitor.read("/admin/login/").text)
    visitor.send(
        "/admin/login/", {"username": "redaction", "password": "wrong", "csrfmiddlewaretoken": token}
    )
    visitor.send("/admin/login/", {"username": "redaction", "password": "wrong"})


@pytest.mark.parametrize("ip", BEHIND_THE_PROXY)
def test_who_comes_through_the_proxy_is_counted_and_written_down_nowhere(site, ip):
    counters = network_counters(site)
    everything(Visitor(site, ip))
    site.wait_for_quiet()
    own = 2 if ":" in ip else 1  # an IPv6 network counts for the wider one around it as well
    assert network_counters(site) == counters + own, "the site has not taken this address for the visitor's"
    assert held(site) == {}


def test_an_address_of_the_same_network_shares_its_counter_and_is_written_down_nowhere(site):
    counters = network_counters(site)
    Visitor(site, "203.0.113.201").sign(Person.somebody())
    Visitor(site, "203.0.113.202").sign(Person.somebody())
    assert network_counters(site) <= counters + 1
    site.wait_for_quiet()
    assert held(site) == {}


def test_an_error_of_the_server_tells_of_no_address(site):
    with site.database.refusing_rows("petition_tokenbucket"):
        for ip in BEHIND_THE_PROXY:
            assert Visitor(site, ip).sign(Person.somebody()).status_code == 500
    assert held(site) == {}


def test_who_comes_without_a_proxy_and_even_speaks_badly_is_written_down_nowhere(site):
    for spoken in SPOKEN:
        source = (ADDRESSES[2], 0)
        with socket.create_connection(("127.0.0.1", site.port), timeout=30, source_address=source) as line:
            line.sendall(spoken)
            line.shutdown(socket.SHUT_WR)
            while line.recv(65536):
                pass
        assert held(site) == {}, spoken[:60]
