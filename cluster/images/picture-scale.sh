#!/bin/bash
# picture-scale.sh WORK ARCHIVE: a stage of examples/picture-stages.
exec "$(dirname "$0")/picture.sh" "$@" scale netpbm
