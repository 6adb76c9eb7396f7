# SPDX-License-Identifier: MIT
# Shared by the scripts here; sourced, not run. Sets `repository`, and `build` for everything that is made.
#
# WSLPLUGINS_BUILD   the build folder; `build` in the repository where it is not set

set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=${WSLPLUGINS_BUILD:-$repository/build}
mkdir -p "$build"
build=$(cd "$build" && pwd)
export WSLPLUGINS_BUILD=$build

started=$SECONDS

# Says what comes next, and how long it has been going.
step() {
    printf '\n==> [%3d s] %s\n' "$((SECONDS - started))" "$*"
}

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 3
}

# Runs a command with its output in a log below the build folder. On a terminal a line shows that it goes
# on; where it fails, the end of the log is printed, and where the rest is.
quietly() {
    local name=$1
    shift
    local log=$build/logs/$name.log
    mkdir -p "$build/logs"
    "$@" >"$log" 2>&1 </dev/null &
    local pid=$! begun=$SECONDS status=0
    while kill -0 "$pid" 2>/dev/null; do
        if [ -t 1 ]; then
            printf '\r    %3d s  %-60.60s' "$((SECONDS - begun))" "$(tail -n 1 "$log" | tr -d '\r\033')"
        elif (((SECONDS - begun) % 60 == 59)); then
            printf '    %3d s  %.80s\n' "$((SECONDS - begun + 1))" "$(tail -n 1 "$log" | tr -d '\r\033')"
        fi
        sleep 1 &
        wait -n "$pid" $! 2>/dev/null || true
    done
    wait "$pid" || status=$?
    [ -t 1 ] && printf '\r%-76s\r' ''
    if [ "$status" -ne 0 ]; then
        tail -n "${QUIETLY_TAIL:-60}" "$log" >&2
        printf 'error: %s failed with exit code %d; its whole output: %s\n' "$*" "$status" "$log" >&2
    fi
    return "$status"
}

# build_preset <preset> <tests: ON|OFF> [cmake --build argument...]: configures, and builds. Without tests, GoogleTest
# need not be there.
build_preset() {
    local preset=$1 tests=$2 folder=$build/$1
    shift 2
    quietly "configure-$preset" cmake -S "$repository" --preset "$preset" -B "$folder" "-DWSLPLUGINS_BUILD_TESTS=$tests"
    quietly "build-$preset" cmake --build "$folder" "$@"
}
