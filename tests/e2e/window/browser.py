#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The person at the consent page, as BROWSER: opens the address, stays with the account the page has chosen, ticks
every box, presses Allow, and goes where the page sends them. What happened is written to the file that
WRISTKEEP_BROWSER_LOG names."""

import html.parser
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

PATIENCE = 30


class Form(html.parser.HTMLParser):
    """The first form of a page and what sending it would say."""

    def __init__(self):
        super().__init__()
        self.action = None
        self.fields = []
        self.choice = None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form" and self.action is None:
            self.action = given.get("action") or ""
        if tag == "input" and given.get("type") in ("hidden", "checkbox") and given.get("name"):
            self.fields.append((given["name"], given.get("value") or ""))
        if tag == "select":
            self.choice = given.get("name")
        if tag == "option" and self.choice and "selected" in given:
            self.fields.append((self.choice, given.get("value") or ""))


class StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


# Everything here is on this computer, whatever proxy the person uses.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), StayHere())


def ask(address, body=None):
    try:
        with opener.open(address, body, PATIENCE) as answer:
            return answer.status, answer.headers, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, answer.read().decode("utf-8", "replace")


def consent(address):
    status, headers, page = ask(address)
    if status == 200:
        form = Form()
        form.feed(page)
        if form.action is None:
            return f"no form at the consent page ({status})"
        body = urllib.parse.urlencode(form.fields + [("decision", "allow")]).encode()
        address = urllib.parse.urljoin(address, form.action)
        status, headers, page = ask(address, body)
    if status not in (302, 303):
        return f"the consent page answered {status}"
    back = urllib.parse.urldefrag(urllib.parse.urljoin(address, headers["Location"])).url
    status, _, page = ask(back)
    return f"sent back, answered {status}"


def main():
    log = os.environ.get("WRISTKEEP_BROWSER_LOG")
    address = sys.argv[-1]
    try:
        said = consent(address)
    except OSError as error:
        said = f"failed: {error}"
    if log:
        with open(log, "a", encoding="utf-8") as stream:
            print(said, file=stream)
    return 0


if __name__ == "__main__":
    sys.exit(main())
