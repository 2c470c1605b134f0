"""The letter-box: what the campaign owes the outside world, written down before it is done.

Whoever changes rows and owes a mail or a call puts a task here in the same transaction; the worker
(`manage.py run_outbox`) does it later, again and again if need be. This app knows no other room.
"""
