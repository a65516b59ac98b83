# shellcheck shell=bash
# What the tiers share: a tier exits with 0 when it passed and with 77 when a part that it needs is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
tier=$(basename "$0")
logs=${VERIFY_LOGS:-$PWD/containers/target/verify}
mkdir -p "$logs"

# Ends the tier as skipped, with a line that nobody overlooks.
skip() {
    echo "!!! SKIPPED: $1"
    exit 77
}

# Runs a command with its output in the tier's log; the terminal sees its closing and error lines.
logged() {
    local log=$logs/$tier.log code=0
    "$@" 2>&1 | tee "$log" | { grep -E --line-buffered 'Tests run:|\[ERROR\]|BUILD|^[0-9]+ passed' || true; } || code=$?
    ((code == 0)) || echo "The whole log is in $log"
    return "$code"
}

# Runs the tests of the containers' build that have a tag. Fails when one does, even where set -e does not count.
tagged_tests() {
    scripts/need javac=default-jdk-headless mvn=maven || return
    logged mvn -B -ntp -f containers/pom.xml -Dgroups="$1" "${@:2}" test || return
    grep -qE 'Tests run: [1-9]' "$logs/$tier.log" || skip "no test has the tag $1 yet"
}

# Real stores for tests: Redis, Kafka and, where it can be had, an S3 store.
stores() {
    local versitygw
    scripts/need redis-server=redis-server || skip "redis-server can't be had here"
    scripts/need javac=default-jdk-headless mvn=maven
    if versitygw=$(scripts/versitygw); then
        export PATH=${versitygw%/*}:$PATH
    else
        echo "!!! SKIPPED: the tests with a real S3 store: it can't be had here"
    fi
    mkdir -p containers/target
    # Under a name of its own first: another tier may be reading the file.
    mvn -q -B -ntp -f containers/src/test/kafka/pom.xml dependency:build-classpath \
        -Dmdep.outputFile="$PWD/containers/target/kafka-classpath.$$" || skip "the jars of a Kafka can't be had here"
    mv "containers/target/kafka-classpath.$$" containers/target/kafka-classpath
}

# What the outcome of a check depends on, where that is nothing but these files.
hash_of() { # PATH...
    find "$@" -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16
}

# Runs a check, unless it has passed on this machine with the same files.
unless_passed() { # CHECK HASH COMMAND...
    local passed=${XDG_CACHE_HOME:-$HOME/.cache}/task-queue/passed/$1-$2
    if [[ -e $passed ]]; then
        echo "$1: passed with the same files on $(date -r "$passed" '+%F %R'); without $passed it runs again"
    else
        "${@:3}" && mkdir -p "${passed%/*}" && touch "$passed"
    fi
}

# Takes down the clusters that a test has started to break them, if it was ended before it could do so itself.
take_down_broken() { # NAME
    local broken
    for broken in "api-$1" "node-$1"; do
        [[ ! -e /var/lib/task-queue/clusters/$broken ]] || scripts/cluster down --name "$broken"
    done
}

# Starts a cluster of this tier with the arguments of scripts/cluster up, and puts what tests must know of it in the
# environment. It is taken down when the tier ends, however it ends.
cluster() {
    [[ -x scripts/cluster ]] || skip "scripts/cluster is not there yet"
    [[ $(id -u) -eq 0 && $(uname) == Linux ]] || skip "a real cluster needs root on Linux"
    # A name of its own: several people may verify on one machine.
    local name=verify-$$ settings
    # shellcheck disable=SC2064 # the name of now
    trap "scripts/cluster down --name $name; take_down_broken $name" EXIT
    scripts/cluster up --name "$name" "$@"
    settings=$(scripts/cluster env --name "$name")
    eval "$settings"
}
