"""Networks and mailboxes are counted without being kept."""

from tests.drills.sabotage.entry import Sabotage, tests_in

LIMITS = tests_in("tests/petition/test_limits.py")

CODE = "petition/limits.py"

TABLE = [
    Sabotage(
        CODE,
        "IPV4_PREFIX = 24",
        "IPV4_PREFIX = 32",
        "each address is a network",
        LIMITS("test_a_network_is_a_24_or_a_64"),
    ),
    Sabotage(
        CODE,
        "IPV6_PREFIX = 64",
        "IPV6_PREFIX = 48",
        "many networks are one",
        LIMITS("test_a_network_is_a_24_or_a_64"),
    ),
    Sabotage(
        CODE,
        'return getattr(address, "ipv4_mapped", None) or address',
        "return address",
        "an old address in a new dress is another one",
        LIMITS("test_a_network_is_a_24_or_a_64"),
    ),
    Sabotage(
        CODE,
        "while forwarded and client is not None and any(client in network for network in settings.TRUSTED_PROXIES):",
        "while forwarded:",
        "whoever writes the header is believed",
        LIMITS("test_a_forged_header_counts_for_nothing_unless_a_trusted_proxy_wrote_it"),
    ),
    Sabotage(
        CODE,
        'elif text.count(":") == 1:',
        "elif False:",
        "a port hides the address",
        LIMITS("test_a_port_behind_the_address_does_not_matter[203.0.113.7:5555]"),
    ),
    Sabotage(
        CODE,
        'if text.startswith("["):',
        "if False:",
        "brackets hide the address",
        LIMITS("test_a_port_behind_the_address_does_not_matter[[2001:db8::1]:443]"),
    ),
    Sabotage(
        CODE,
        "client = _address(forwarded.pop())",
        "client = _address(forwarded.pop()) or client",
        "what can't be read is passed over",
        LIMITS("test_a_hop_that_can_not_be_read_never_lets_the_senders_own_part_decide"),
    ),
    Sabotage(
        CODE,
        'f"{scope}:{window}:{mark.hexdigest()[:32]}" for mark in marks',
        'f"{scope}:{window}:{name}" for name in names',
        "counters are named by the network itself",
        LIMITS("test_counters_are_named_by_a_fingerprint_that_says_nothing_without_the_days_key"),
    ),
    Sabotage(
        CODE,
        "BUCKET_LIFE = timedelta(hours=48)",
        "BUCKET_LIFE = timedelta(days=48)",
        "keys and counters are kept",
        LIMITS("test_keys_and_counters_are_destroyed_after_48_hours"),
    ),
    Sabotage(
        CODE,
        "transaction.on_commit(lambda: _remember(day, known))",
        "_remember(day, known)",
        "a key that was rolled back is remembered",
        LIMITS("test_a_key_that_was_rolled_back_is_not_remembered"),
    ),
    Sabotage(
        "petition/handlers.py",
        'OutboxTask.objects.filter(pk=task.pk).update(subject="")',
        "pass",
        "the fingerprint stays with the task",
        LIMITS("test_the_fingerprint_goes_with_the_task_that_it_served"),
    ),
]
