#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The rules of the house that no compiler knows. Each finding is printed as file:line: reason.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

sources() { # sources FOLDER… -- NAME-PATTERN…
  local folders=() names=()
  while [[ $1 != -- ]]; do if [[ -e $1 ]]; then folders+=("$1"); fi; shift; done
  shift
  local pattern
  for pattern in "$@"; do names+=(-o -name "$pattern"); done
  find "${folders[@]}" \( -name node_modules -o -path tests/fixtures \) -prune -o -type f \( "${names[@]:1}" \) -print | sort
}

mapfile -t all <<<"$(sources src tests tools cmake dev .ci CMakeLists.txt resources/schema -- \
  '*.h' '*.cpp' '*.cmake' CMakeLists.txt '*.sh' '*.sql' '*.js' '*.mjs' '*.py' dev run)"
mapfile -t code <<<"$(sources src tests -- '*.h' '*.cpp')"
mapfile -t house <<<"$(sources src -- '*.h' '*.cpp')"

status=0

# Every file of ours says under which licence it may be used.
for file in "${all[@]}"; do
  if ! head -n 3 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later'; then
    echo "$file:1: no SPDX line among the first three lines"
    status=1
  fi
done

# A file that grows past these lengths has more than one subject.
while read -r lines file; do
  if ((lines > 700)); then
    echo "$file:$lines: $lines lines; more than 700 hide several subjects in one file: split it by meaning"
    status=1
  elif ((lines > 450)); then
    echo "$file:$lines: warning: $lines lines; think about splitting it by meaning"
  fi
done <<<"$(wc -l "${code[@]}" | grep -v ' total$')"

# What CONTRIBUTING.md shows as a whole file is that file.
while IFS=: read -r line text; do
  file=$(sed -n 's/.*the whole of \([^ ]*\) .*/\1/p' <<<"$text")
  shown=$(awk -v from="$line" 'NR > from + 1 { if (/^```$/) exit; print }' CONTRIBUTING.md)
  if [[ $shown != "$(cat "$file")" ]]; then
    echo "CONTRIBUTING.md:$line: $file does not read like this any more"
    status=1
  fi
done <<<"$(grep -n '^<!-- the whole of ' CONTRIBUTING.md)"

# The repository stands alone: a comment that cites a page nobody can open explains nothing.
while IFS=: read -r file line _; do
  [[ -n $file ]] || continue
  echo "$file:$line: cites a design page that is not in this repository; name the page in docs/ instead"
  status=1
done <<<"$(grep -nE '\bDESIGN( [0-9]|\.md)|\bCONVENTIONS\b|original\.md' "${all[@]}" || true)"

# What differs between versions of Qt stays in one file.
mapfile -t versioned <<<"$(grep -lE '\bQT_VERSION(_CHECK)?\b' "${house[@]}" || true)"
if [[ ${#versioned[@]} -gt 1 ]]; then
  for file in "${versioned[@]}"; do
    echo "$file:$(grep -nE '\bQT_VERSION' "$file" | head -n 1 | cut -d: -f1): differences between Qt versions belong into one file"
  done
  status=1
fi

awk '
BEGIN {
  # room → rooms it may include: the arrows of docs/ARCHITECTURE.md
  split("core:core store:store,core net:net,core providers:providers,core simulator:simulator,core " \
        "sync:sync,store,net,providers,core gui:gui,sync,core cli:cli,sync,core " \
        "app:app,gui,cli,sync,simulator,core", rows, " ")
  for (i in rows) {
    split(rows[i], pair, ":")
    n = split(pair[2], list, ",")
    isRoom[pair[1]] = 1
    for (j = 1; j <= n; j++) arrow[pair[1], list[j]] = 1
  }
  failed = 0
}

function complain(reason) { printf "%s:%d: %s\n", FILENAME, FNR, reason; failed = 1 }

# The line without comments, and with each string literal emptied. `texts` keeps what the strings hold.
function strip(line,    out, at, rest) {
  texts = ""
  if (inRaw) {
    at = index(line, rawEnd)
    if (!at) { texts = line; return "" }
    texts = substr(line, 1, at - 1)
    line = "\"\"" substr(line, at + length(rawEnd)); inRaw = 0
  }
  out = ""
  while (length(line)) {
    if (inComment) {
      at = index(line, "*/")
      if (!at) return out
      line = substr(line, at + 2); inComment = 0
      continue
    }
    if (!match(line, /\/\/|\/\*|"|\x27/)) return out line
    at = RSTART
    rest = substr(line, at)
    if (substr(rest, 1, 2) == "//") return out substr(line, 1, at - 1)
    if (substr(rest, 1, 2) == "/*") { out = out substr(line, 1, at - 1); line = substr(rest, 3); inComment = 1; continue }
    if (substr(rest, 1, 1) == "\x27") {
      # A digit separator (1\x27000) is no character literal.
      if (at > 1 && substr(line, at - 1, 1) ~ /[0-9a-fA-F]/) { out = out substr(line, 1, at); line = substr(rest, 2); continue }
      match(rest, /^\x27(\\.|[^\x27\\])*\x27?/)
      out = out substr(line, 1, at - 1) "0"; line = substr(rest, RLENGTH + 1)
      continue
    }
    if (substr(line, at - 1, 1) == "R" && match(rest, /^"[^ ()\\]*\(/)) {
      rawEnd = ")" substr(rest, 2, RLENGTH - 2) "\""
      out = out substr(line, 1, at - 2)
      rest = substr(rest, RLENGTH + 1)
      at = index(rest, rawEnd)
      if (!at) { texts = texts " " rest; inRaw = 1; return out }
      texts = texts " " substr(rest, 1, at - 1)
      out = out "\"\""; line = substr(rest, at + length(rawEnd))
      continue
    }
    match(rest, /^"(\\.|[^"\\])*"?/)
    texts = texts " " substr(rest, 2, RLENGTH - 2)
    out = out substr(line, 1, at - 1) "\"\""; line = substr(rest, RLENGTH + 1)
  }
  return out
}

FNR == 1 {
  inComment = inRaw = 0
  split(FILENAME, path, "/")
  room = path[1] == "src" ? path[2] : ""
  isHeader = FILENAME ~ /\.h$/
  isMain = FILENAME ~ /^src\/app\/main[a-z_]*\.cpp$/
}

{
  isInclude = $0 ~ /^[ \t]*#[ \t]*include[ \t]*"/ && !inComment && !inRaw
  if (isInclude) {
    match($0, /"[^"]*"/)
    name = substr($0, RSTART + 1, RLENGTH - 2)
    slash = index(name, "/")
    target = slash ? substr(name, 1, slash - 1) : ""
    if (room != "" && name !~ /^ui_[a-z_]+\.h$/ && name !~ /\.moc$/) {
      if (!(target in isRoom)) complain("\"" name "\" is not written as \"room/file.h\"")
      else if (!((room, target) in arrow)) complain("the room " room " must not know the room " target " (docs/ARCHITECTURE.md)")
    }
    next
  }
  code = strip($0)

  if (isHeader && code ~ /(^|[^A-Za-z0-9_])using[ \t]+namespace[ \t]/) complain("`using namespace` in a header reaches everybody who includes it")
  if (code ~ /(^|[^A-Za-z0-9_])(SIGNAL|SLOT)[ \t]*\(/) complain("connect by function pointer or lambda: a misspelt SIGNAL() fails only when it runs")
  if (room == "") next

  if (code ~ /(^|[^A-Za-z0-9_])(QEventLoop|processEvents)([^A-Za-z0-9_]|$)/) complain("a nested event loop lets anything happen in between")
  if (code ~ /(^|[^A-Za-z0-9_])waitFor[A-Z][A-Za-z]*[ \t]*\(/) complain("waiting blocks the thread: continue in a signal or callback")
  # sleep() alone may be a person at night.
  if (code ~ /QThread::[mu]?sleep|(^|[^A-Za-z0-9_])(sleep_(for|until)|usleep|msleep|nanosleep)[ \t]*[(<]|(^|[^A-Za-z0-9_>])::sleep[ \t]*\(/)
    complain("sleeping blocks the thread: use a timer")
  # In the store, exec() runs a statement.
  if (room != "store" && !isMain && code ~ /(\.|->|::)exec[ \t]*\(/) complain("exec() is a nested event loop: open() a dialog, and answer in a slot")
  if (code ~ /(^|[^A-Za-z0-9_])(QMutex|QRecursiveMutex|QReadWriteLock|QSemaphore|QWaitCondition|std::(recursive_|shared_|timed_)?mutex)([^A-Za-z0-9_]|$)/ &&
      FILENAME !~ /^src\/core\/(redaction|clock)\.(h|cpp)$/) complain("threads exchange values by queued calls; only the register of secrets and the test clock have a lock")
  if (FILENAME != "src/core/clock.cpp" &&
      code ~ /(^|[^A-Za-z0-9_])(currentDateTime|currentDateTimeUtc|currentDate|currentTime|currentMSecsSinceEpoch|currentSecsSinceEpoch|system_clock|gettimeofday|clock_gettime|std::time|time_t[ \t]+time)([^A-Za-z0-9_]|$)/)
    complain("ask core/clock.h for the time, so that tests can set it")
  gsub(/(=|operator)[ \t]*delete/, "", code)
  if (code ~ /(^|[^A-Za-z0-9_])delete([ \t]|\[)/) complain("ownership is a parent, a unique_ptr or the stack: no bare delete")
  # The migrator needs its own table before any schema; a foreign database has columns no file can know.
  if (FILENAME !~ /^src\/store\/(migrator|originaldatabase)\.cpp$/ &&
      toupper(texts) ~ /(CREATE[ \t]+(TEMP(ORARY)?[ \t]+|UNIQUE[ \t]+|VIRTUAL[ \t]+)?(TABLE|INDEX|VIEW|TRIGGER)|ALTER[ \t]+TABLE|DROP[ \t]+(TABLE|INDEX|VIEW|TRIGGER))[ \t]/)
    complain("the schema lives in resources/schema only")
}

END { exit failed }
' "${code[@]}" || status=1

exit "$status"
