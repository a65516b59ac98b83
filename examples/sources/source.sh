#!/bin/bash
# A source in shell: every line of names.txt, beside this script, is an item. It needs socat and jq:
#   socat TCP-LISTEN:8081,bind=127.0.0.1,fork,reuseaddr EXEC:./source.sh
# socat starts it once for each connection, with the connection as its standard input and output.
export LC_ALL=C
cd "$(dirname "$0")" || exit 1

read -r _ target _ # such as GET /items/a%2Fb HTTP/1.1
while read -r line && [[ $line != $'\r' ]]; do :; done
path=${target%%\?*}
# The name is one segment of the path, percent-encoded; a backslash is never in it as it is.
name=$(printf '%b' "${path//%/\\x}" | sed 's,^/items/,,')

status='404 Not Found'
body=$(jq -nc --arg path "$path" '{kind: "Error", apiVersion: "v1", message: "There is no \($path) here."}')
if [[ $path == /items ]]; then
    status='200 OK'
    body=$(jq -Rnc '{kind: "ItemList", apiVersion: "v1", items: [inputs]}' names.txt)
elif [[ $path == /items/?* ]] && grep -qxF -e "$name" names.txt; then
    status='200 OK'
    body=$(jq -nc --arg name "$name" '{kind: "Item", apiVersion: "v1", data: {greet: $name}}')
fi
printf 'HTTP/1.1 %s\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s' \
    "$status" "${#body}" "$body"
