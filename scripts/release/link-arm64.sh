#!/bin/sh
# Debian's cross compiler as the linker of Native AOT, whose build files support only clang's option for a target
# (--target=…).
for argument; do
  shift
  case $argument in --target=*) ;; *) set -- "$@" "$argument" ;; esac
done
exec aarch64-linux-gnu-gcc "$@"
