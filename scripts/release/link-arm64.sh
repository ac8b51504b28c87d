#!/bin/sh
# Debian's cross compiler as the linker of Native AOT, whose build files know clang's way to name a target only (--target=…).
for argument; do
  shift
  case $argument in --target=*) ;; *) set -- "$@" "$argument" ;; esac
done
exec aarch64-linux-gnu-gcc "$@"
