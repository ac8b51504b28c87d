#!/bin/sh
# ScyllaDB's options, of which only the port means something here.
port=8000
while [ $# -gt 0 ]; do
  case $1 in --alternator-port) port=$2; shift ;; esac
  shift
done
cd /dynamodb
exec java -Xmx256m -Djava.library.path=DynamoDBLocal_lib -jar DynamoDBLocal.jar -sharedDb -dbPath /var/lib/scylla -port "$port"
