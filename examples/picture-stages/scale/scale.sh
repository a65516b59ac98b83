#!/bin/sh
# The second stage: makes the pixels fit into a square, and stretches their contrast. Its argument is the side in pixels.
set -eu

pamscale -xyfit "${1:-320}" "${1:-320}" "$WORK_DIR/decoded.pnm" >"$WORK_DIR/scaled.pnm"
pnmnorm -bpercent=1 -wpercent=1 "$WORK_DIR/scaled.pnm" >"$WORK_DIR/transformed.pnm"
