#!/bin/sh
# The last stage: writes the pixels as a PNG beside the others. It gets its name only when it is complete.
set -eu

picture=${OUTPUT_DIR:-/output}/${WORK_ITEM%.*}.png
mkdir -p "$(dirname "$picture")"
pnmtopng -compression=9 "$WORK_DIR/transformed.pnm" >"$picture.part"
mv "$picture.part" "$picture"
printf '%s bytes' "$(wc -c <"$picture")" >"$WORK_RESULT_FILE"
