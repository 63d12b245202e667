#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# window.sh SCRIPT.py [ARGS]: a display, a session bus and nothing else for a script that drives the window. Ends with
# 77 and a sentence where a tool is missing, which ctest counts as skipped.
set -euo pipefail

skip() { printf 'SKIP: the window cannot be driven here: %s\n' "$1"; exit 77; }
# The modules belong to the system's own Python, whichever comes first on the PATH.
python=/usr/bin/python3
for tool in "$python" dbus-run-session xvfb-run openbox xdg-open xdotool; do
  command -v "$tool" >/dev/null || skip "there is no $tool"
done
"$python" -c "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi" 2>/dev/null ||
  skip "Python has no AT-SPI (packages python3-gi and gir1.2-atspi-2.0)"
[[ -x /usr/libexec/at-spi-bus-launcher || -x /usr/lib/at-spi2-core/at-spi-bus-launcher ]] ||
  skip "there is no AT-SPI bus (package at-spi2-core)"

# Another session's display, bus, theme or browser must not have a say.
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS XAUTHORITY XDG_RUNTIME_DIR AT_SPI_BUS_ADDRESS SESSION_MANAGER
unset QT_QPA_PLATFORM QT_QPA_PLATFORMTHEME QT_STYLE_OVERRIDE QT_SCALE_FACTOR BROWSER DESKTOP_SESSION XDG_CURRENT_DESKTOP
XDG_RUNTIME_DIR=$(mktemp -d)
export XDG_RUNTIME_DIR NO_AT_BRIDGE=0
trap 'rm -rf "$XDG_RUNTIME_DIR"' EXIT
dbus-run-session -- xvfb-run -a -s "-screen 0 ${WRISTKEEP_SCREEN:-1280x800x24}" "$python" "$@"
