#!/bin/sh
# ScyllaDB's options, of which only the port means something here.
port=8000
while [ $# -gt 0 ]; do
  case $1 in --alternator-port) port=$2; shift ;; esac
  shift
done
export STORES_LISTEN=":$port" STORES_DATA_DIR=/var/lib/scylla ESB_ALLOWED_HOSTS=database
exec /esb-stores
