#!/bin/sh
# ScyllaDB's options, of which only the port is used here. STORE is the command line of the server, up to the number of
# its port.
port=8000
while [ $# -gt 0 ]; do
  case $1 in --alternator-port) port=$2; shift ;; esac
  shift
done
exec $STORE "$port"
