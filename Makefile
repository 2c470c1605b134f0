# Everything here needs Python 3.11 or later and nothing else; PYTHON=... names one that isn't python3.
#   make demo  [PORT=8000] [RESET=1]   the site and its worker, with content, on this machine
#   make test  [ARGS="-k sign"]        the whole suite, on PostgreSQL and SQLite
#   make check                         lint, formatting, types, templates, migrations, translations
#   make drill [ARGS=setup_faults]     what needs size or minutes; results go to docs/drills/
#   make bench [ARGS="--seconds 3"]   what the site bears, beside PostgreSQL alone: docs/benchmark.md
#   make lighthouse [ARGS="--runs 1"]  Lighthouse's figures of the site, as on a phone: docs/lighthouse.md
#   make screens                       what the pages look like: docs/screens/
#   make messages                      bring new strings into the French catalogues
#   make lock                          lock the packages named in the two requirements.in

.PHONY: demo test check drill bench lighthouse screens messages lock

demo:
	@exec deploy/python.sh deploy.demo

test:
	@exec deploy/python.sh tests.run

check:
	@exec deploy/python.sh tests.check.run

drill:
	@exec deploy/python.sh tests.drills.run

bench:
	@exec deploy/python.sh tests.bench.run

lighthouse:
	@exec deploy/python.sh tests.lighthouse.run

screens:
	@exec deploy/python.sh tests.screens.run

messages:
	@exec deploy/python.sh deploy.messages

lock:
	@exec deploy/python.sh deploy.lock
