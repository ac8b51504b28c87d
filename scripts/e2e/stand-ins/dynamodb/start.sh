#!/bin/sh
# ScyllaDB's options, of which only the port means something here.
port=8000
while [ $# -gt 0 ]; do
  case $1 in --alternator-port) port=$2; shift ;; esac
  shift
done
exec node /dynalite/node_modules/dynalite/cli.js --host 0.0.0.0 --port "$port" --path /var/lib/scylla --createTableMs 0 --updateTableMs 0 --deleteTableMs 0
