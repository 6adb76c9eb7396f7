# SPDX-License-Identifier: MIT
# Typed by `scripts/quickstart --templates` into a fresh Debian, after the Quickstart's steps: makes a project of every template
# with the tool that those installed, and follows the project's README: its packages, then its two commands. Each with the
# installed package, and the first once more with the framework's source.
set -euo pipefail
trap 'echo "error: a template cannot be followed: exit code $?" >&2' ERR
timed() { printf 'time: %6d s  %s\n' "$1" "$2"; }
export PATH=/root/wslplugins/bin:$PATH
source=/root/wslplugins-cpp
templates=$(cd "$source/tools/wslplugin/templates" && find . -mindepth 1 -maxdepth 1 -type d ! -name common -printf '%P\n' | sort)
[ "$(wc -w <<<"$templates")" -ge 3 ] || { echo "error: found no templates, only: $templates" >&2; exit 1; }

# follow <folder>: the README's commands, each in a shell of its own as the README's lines are.
follow() {
    cd "$1"
    local commands command begun
    commands=$(sed -n '/^```sh$/,/^```$/{/^```/d;s/  *#.*//;p}' README.md)
    [ "$(wc -l <<<"$commands")" -eq 2 ] || { echo "error: the README of $1 has other commands: $commands" >&2; exit 1; }
    while read -r command; do
        printf '\n%s$ %s\n' "$1" "$command"
        begun=$SECONDS
        bash -c "$command" </dev/null
        timed $((SECONDS - begun)) "$1: $command"
    done <<<"$commands"
}

cd /root
wslplugin new readme
packages=$(grep --only-matching '`apt-get install [^`]*`, and `[^`]*`' readme/README.md | tr -d '`,' | sed 's/apt-get install//; s/ and / /') ||
    { echo "error: the README names no packages" >&2; exit 1; }
DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends $packages

# The package for Windows, as docs/tool.md says.
begun=$SECONDS
cd "$source"
cmake --preset mingw -DWSLPLUGINS_BUILD_TESTS=OFF -DWSLPLUGINS_BUILD_EXAMPLES=OFF
cmake --build build/mingw
cmake --install build/mingw --prefix /root/wslplugins/x86_64-w64-mingw32 >/dev/null
timed $((SECONDS - begun)) "the framework for Windows, built and installed"

for template in $templates; do
    cd /root
    wslplugin new "demo-$template" --template "$template"
    follow "/root/demo-$template"
done
cd /root
wslplugin new demo-source --framework "$source"
follow /root/demo-source
timed "$SECONDS" 'all of the templates'
