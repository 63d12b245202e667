#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated Fitbit and Google Health in a process of their own, and what a person has registered at each."""

import datetime
import json
import os
import random
import socket
import subprocess
import urllib.request
import zoneinfo

FITBIT_ID = "23TEST"
FITBIT_SECRET = "0123456789abcdef0123456789abcdef"
GOOGLE_ID = "123456789012-test.apps.googleusercontent.com"
GOOGLE_SECRET = "GOCSPX-0123456789abcdef01234567"


def free_port():
    """Below the ports systems hand out by themselves, so that nobody else's connection takes it meanwhile."""
    for _ in range(100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", random.randrange(20_000, 32_000)))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise RuntimeError("no free port")


class Service:
    def __init__(self, programs, folder, options=()):
        self.redirect = f"http://localhost:{free_port()}/fitbit/callback"
        self.process = subprocess.Popen(
            [os.path.join(programs, "wristkeep-simulator"), "--client-id", FITBIT_ID, "--client-secret", FITBIT_SECRET,
             "--redirect-uri", self.redirect, "--google-client-id", GOOGLE_ID, "--google-client-secret", GOOGLE_SECRET,
             "--control", "--quota", "1000", *options],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder, text=True)
        self.base = self.process.stdout.readline().strip().rstrip("/")
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        # Yesterday must be the same day from the first look of a story to the last.
        home = zoneinfo.ZoneInfo(self.control("status")["users"][0]["zone"])
        if datetime.datetime.now(home).hour == 23:
            self.control("zone", {"zone": "America/Halifax"})
        today = datetime.datetime.now(datetime.timezone.utc).date()
        self.control("wear", {"date": str(today - datetime.timedelta(2)), "to": str(today + datetime.timedelta(1)),
                              "state": "worn"})

    def variables(self):
        """Of somebody who has set up Fitbit, and for whom both services are here."""
        return {
            "FITBIT_CLIENT_ID": FITBIT_ID,
            "FITBIT_CLIENT_SECRET": FITBIT_SECRET,
            "FITBIT_REDIRECT_URI": self.redirect,
            "FITBIT_API_URL": self.base,
            "FITBIT_AUTHORIZE_URL": f"{self.base}/oauth2/authorize",
            "GOOGLE_HEALTH_API_URL": self.base,
            "GOOGLE_AUTHORIZE_URL": f"{self.base}/o/oauth2/v2/auth",
            "GOOGLE_TOKEN_URL": f"{self.base}/token",
            "GOOGLE_REVOKE_URL": f"{self.base}/revoke",
        }

    def control(self, verb, command=None):
        request = urllib.request.Request(f"{self.base}/control/{verb}", json.dumps(command or {}).encode(),
                                         {"Content-Type": "application/json"})
        with self.opener.open(request, timeout=20) as answer:
            return json.load(answer)

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
