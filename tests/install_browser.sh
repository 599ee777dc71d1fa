#!/bin/sh
# The browser tests drive the system's Chromium. Install it where we may; otherwise they skip and say how.
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    echo "No Chromium here: the browser tests will skip. To run them: sudo apt-get install chromium"
    exit 0
fi
echo "Installing Chromium for the browser tests ..."
$as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends chromium >/dev/null ||
    echo "Chromium could not be installed: the browser tests will skip. To run them: apt-get install chromium"
exit 0
