#!/bin/sh
# The first stage: reads the item's JPEG, whose path is the item's name, and leaves its pixels for the next.
set -eu

case /$WORK_ITEM/ in
    */../*)
        echo "The path \"$WORK_ITEM\" leads out of the pictures' directory; nothing was done." >&2
        exit 2
        ;;
esac
djpeg -pnm -outfile "$WORK_DIR/decoded.pnm" "${PICTURES_DIR:-/pictures}/$WORK_ITEM"
echo "decoded: $(head -c 15 "$WORK_DIR/decoded.pnm" | head -n 2 | tail -n 1) pixels"
