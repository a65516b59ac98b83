#!/bin/bash
# picture-encode.sh WORK ARCHIVE: a stage of examples/picture-stages.
exec "$(dirname "$0")/picture.sh" "$@" encode netpbm
