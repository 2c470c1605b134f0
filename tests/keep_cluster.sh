#!/bin/sh
# A throw-away PostgreSQL server that lives as long as this script's standard input stays open: whatever happens
# to the process at the other end, even SIGKILL, the server ends and its folder goes.
#   keep_cluster.sh PROGRAMS FOLDER PORT [durable]   prints "ready" once it can be used; FOLDER/password holds the
#   password. With `durable` each commit waits for the disk, as in production.
set -eu
programs=$1 folder=$2 port=$3
# What is lost in a crash is thrown away anyhow.
hasty="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
[ "${4:-}" != durable ] || hasty=""
trap '' HUP INT TERM
cd "$folder"

finish() {
    "$programs/pg_ctl" stop -D data -m immediate -s >/dev/null 2>&1 || true
    cd /
    rm -rf "$folder" 2>/dev/null || true
}

if ! {
    "$programs/initdb" -D data --username=petition --pwfile=password --auth=scram-sha-256 \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync &&
        # In the file, where ALTER SYSTEM can outweigh it: the benchmark reads the log.
        echo "log_min_messages = fatal" >>data/postgresql.conf &&
        # TCP on loopback, the socket beside the data.
        "$programs/pg_ctl" start -D data -w -t 60 -l server.log -o "-p $port -k $folder \
            -c listen_addresses=127.0.0.1 $hasty \
            -c max_connections=60"
} >setup.log 2>&1 </dev/null; then
    cat setup.log server.log 2>/dev/null | tail -n 5
    finish
    exit 1
fi
echo ready
cat >/dev/null
finish
