#!/bin/sh
# Brings what the tests need besides Python: a Chromium, a Firefox, a WebKit with a screen that nobody
# sees, a Node, a Java, git, ssh and its server, nginx and Caddy. The system's are used if there are any.
set -eu

# has NAME...: whether one of these commands is there.
has() {
  for name in "$@"; do
    if command -v "$name" >/dev/null 2>&1; then return 0; fi
  done
  return 1
}

wanted=""
has chromium chromium-browser google-chrome || wanted="$wanted chromium"
has firefox-esr firefox || wanted="$wanted firefox-esr"
has WebKitWebDriver || wanted="$wanted webkit2gtk-driver"
has Xvfb || wanted="$wanted xvfb"
has node nodejs || wanted="$wanted nodejs"
has java || wanted="$wanted default-jre-headless"
has git || wanted="$wanted git"
has ssh || wanted="$wanted openssh-client"
has rsync || wanted="$wanted rsync"
# Where users have no such folder in their path.
PATH="$PATH:/usr/sbin:/sbin" has sshd || wanted="$wanted openssh-server"
PATH="$PATH:/usr/sbin:/sbin" has nginx || wanted="$wanted nginx"
has caddy || wanted="$wanted caddy"
[ -n "$wanted" ] || exit 0
if has apt-get && [ "$(id -u)" = 0 ]; then
  echo "Installing from Debian for the tests:$wanted …"
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
  exit 0
fi
echo "The tests need what your system's packages bring: apt-get install$wanted, or the like." >&2
exit 1
