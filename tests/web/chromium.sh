#!/bin/sh
# Prints the path of a Chromium for the browser tests, and gets one if there is none: from the distribution's packages
# when run as root on Debian or Ubuntu, otherwise into the user's cache by playwright. $1 is the venv's bin directory.
set -eu

for name in "${KILDESVAR_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
        command -v "$name"
        exit 0
    fi
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >&2
    command -v chromium
    exit 0
fi

"$1/playwright" install chromium >&2
exec "$1/python" -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
'
