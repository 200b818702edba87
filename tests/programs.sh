#!/usr/bin/env bash
# Installs the programs that the tests drive, where they are missing: a browser and two JavaScript shells.
set -euo pipefail

packages=()
command -v chromium chromium-browser google-chrome >/dev/null || packages+=(chromium)
command -v js102 >/dev/null || packages+=(libmozjs-102-dev)
command -v jsc >/dev/null || packages+=(libjavascriptcoregtk-4.0-bin)
[ ${#packages[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo)
else
  as_root=(none)
fi

if ! command -v apt-get >/dev/null || [ "${as_root[*]}" = none ]; then
  echo "The tests drive programs that are missing here; install these packages of Debian, or their like: ${packages[*]}" >&2
  exit 1
fi

echo "pellucid: installing ${packages[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get -qq update
"${as_root[@]}" apt-get -qq install --yes --no-install-recommends "${packages[@]}" >/dev/null
