#!/bin/sh
# As the script of that name in AWS's base images does where AWS_LAMBDA_RUNTIME_API is set.
if [ $# -ne 1 ]; then
  echo "entrypoint requires the handler name to be the first argument" 1>&2
  exit 142
fi
export _HANDLER="$1"
if [ -z "${AWS_LAMBDA_RUNTIME_API}" ]; then
  echo "no emulator in this stand-in: AWS_LAMBDA_RUNTIME_API is not set" 1>&2
  exit 1
fi
exec /var/runtime/bootstrap
