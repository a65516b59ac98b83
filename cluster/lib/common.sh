# shellcheck shell=bash disable=SC2034,SC2154  # sourced by scripts/cluster, which sets name, run, sockets and cluster
# Sentences for the user, and processes that are known by a name.

cache_home=${XDG_CACHE_HOME:-$HOME/.cache}/task-queue
runs=/var/lib/task-queue/clusters

say() { # a step that is done, with the seconds since the command began
    printf '%4d.%d s  %s\n' $(((${EPOCHREALTIME//[!0-9]/} - began) / 1000000)) \
        $(((${EPOCHREALTIME//[!0-9]/} - began) / 100000 % 10)) "$*"
}
began=${EPOCHREALTIME//[!0-9]/}

die() {
    echo "scripts/cluster: $*" >&2
    exit 1
}

misused() {
    echo "scripts/cluster: $* (scripts/cluster --help tells more.)" >&2
    exit 2
}

fail() { # COMPONENT SENTENCE: die, with what the component said last
    echo "scripts/cluster: $2 The end of $run/logs/$1.log:" >&2
    tail -n 12 "$run/logs/$1.log" >&2 || true
    exit 1
}

check_machine() {
    [[ $(uname -s) = Linux ]] || die "The cluster needs Linux, and this is $(uname -s)."
    [[ $(id -u) = 0 ]] || die "The cluster runs real containers, and only root can. Start it as root, or with sudo."
}

must_be_up() {
    [[ -e $run/options ]] || die "There is no cluster $name. Start it with: scripts/cluster up --name $name"
}

# A pid file outlives its process after a crash or a reboot, and then the pid may be another's: believe the pid only
# while its command line names our run directory, as that of every component does.
running() { # COMPONENT
    local pid
    pid=$(cat "$run/pids/$1" 2>/dev/null) && tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "$run/"
}

component() { # COMPONENT COMMAND...: starts it unless it runs, and keeps the command for the verb start
    mkdir -p "$run"/{commands,logs,pids}
    {
        printf 'exec'
        printf ' %q' "${@:2}"
        echo
    } >"$run/commands/$1"
    launch "$1"
}

launch() { # COMPONENT: in a session of its own, so that Ctrl-C in this terminal does not reach it
    running "$1" && return
    # Go's collector runs rarely: everything shares few cores here, and memory is what there is enough of.
    GOGC=${GOGC:-400} setsid bash "$run/commands/$1" >>"$run/logs/$1.log" 2>&1 </dev/null 9>&- &
    local pid=$!
    echo "$pid" >"$run/pids/$1"
    # On a busy machine the new process still has our own command line for a while, and would be taken for one that ended.
    for _ in {1..1000}; do
        if running "$1" || ! kill -0 "$pid" 2>/dev/null; then
            break
        fi
        sleep 0.01
    done
}

halt() { # COMPONENT [SIGNAL]: asks it to end, insists after ten seconds
    if running "$1"; then
        local pid
        pid=$(<"$run/pids/$1")
        kill -"${2:-TERM}" "$pid" 2>/dev/null || true
        for _ in {1..100}; do
            running "$1" || break
            sleep 0.1
        done
        ! running "$1" || kill -KILL "$pid" 2>/dev/null || true
    fi
    rm -f "$run/pids/$1"
}

await() { # SECONDS COMPONENT WHAT COMMAND...: until the command succeeds, or the component ends, or the time is over
    local seconds=$1 component=$2 what=$3 deadline=$((SECONDS + $1))
    shift 3
    until "$@" >/dev/null 2>&1; do
        running "$component" || fail "$component" "$component ended before $what."
        ((SECONDS < deadline)) || fail "$component" "Waited $seconds s for $component, and gave up before $what."
        sleep 0.1
    done
}

stop_component() { # COMPONENT SIGNAL
    must_be_up
    known "$1"
    running "$1" || die "$1 does not run in the cluster $name."
    halt "$1" "$2"
    say "$1 stopped (SIG$2)"
}

start_component() { # COMPONENT
    must_be_up
    use_slot
    known "$1"
    running "$1" && die "$1 runs already in the cluster $name."
    launch "$1"
    case $1 in
        kube-apiserver) await 120 "$1" "it was ready" api_ready ;;
        containerd) await 30 "$1" "it answered" containerd_ready ;;
        *) await 10 "$1" "its process was there" running "$1" ;;
    esac
    say "$1 started"
}

known() { # COMPONENT
    [[ -e $run/commands/$1 ]] && return
    die "The cluster $name has no component \"$1\"; it has: $(cd "$run/commands" && echo *)."
}

print_status() {
    must_be_up
    local file
    echo "cluster $name ($(<"$run/options"))"
    for file in "$run"/commands/*; do
        if running "${file##*/}"; then
            echo "  ${file##*/} runs as process $(<"$run/pids/${file##*/}")"
        else
            echo "  ${file##*/} does not run"
        fi
    done
}
