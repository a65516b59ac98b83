#!/bin/bash
# picture-decode.sh WORK ARCHIVE: a stage of examples/picture-stages.
exec "$(dirname "$0")/picture.sh" "$@" decode libjpeg-turbo-progs
