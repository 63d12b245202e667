#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tst_moveover.py BIN-FOLDER: a person whose Fitbit service closes goes on with Google Health in the same window, by
accessible names alone; on the way the browser is once signed in as somebody else. Then whether the one person's data is
all there: files, rows and views of both services. WRISTKEEP_PICTURES names a folder for pictures, light and dark."""

import datetime
import os
import sys

import camera
import desk
import service
import story

KEPT = ("complete", "provisional")
COMBO_BOX = {desk.Atspi.Role.COMBO_BOX}


class MoveOver(story.Story):
    def __init__(self, programs, pictures, chosen, folder):
        super().__init__(programs, folder)
        self.pictures = pictures
        self.chosen = chosen
        self.configuration = os.path.join(self.environment["XDG_CONFIG_HOME"], "wristkeep")
        self.person = self.service.control("status")["users"][0]
        self.day = None
        self.truth = None
        self.fitbit = None
        self.fitbit_token = None

    def steps(self):
        return (self.prepare, self.keep_a_day_of_fitbit, self.fitbit_closes, self.set_google_health_up,
                self.sign_in_as_somebody_else, self.connect_google_health, self.keep_the_day_of_google_health,
                self.look_at_both, self.compare_both, self.quit, self.no_secret_was_told)

    def picture(self, name):
        if self.pictures:
            camera.Camera(self.pictures).take(self.program, f"moveover-{name}-{self.chosen}")

    def texts(self, *parts):
        """What is written on the window and holds all of these words."""
        return [thing.get_name() for thing in self.program.all() if all(part in thing.get_name() for part in parts)]

    def all_of_fitbit(self):
        """Everything that came from there: the files to the last byte, and the rows."""
        files = {}
        for place, _, names in os.walk(self.data_folder("fitbit")):
            for name in names:
                path = os.path.join(place, name)
                with open(path, "rb") as stream:
                    files[path] = (stream.read(), os.stat(path).st_mtime_ns)
        return files, [self.rows(sql) for sql in (
            "SELECT * FROM v_daily WHERE provider = 'fitbit' ORDER BY data_type, date",
            "SELECT * FROM v_samples WHERE provider = 'fitbit' ORDER BY data_type, utc",
            "SELECT participant, data_type, date, state, has_data, points, fetched_at, settle_at, day_document "
            "FROM ledger WHERE provider = 'fitbit' ORDER BY data_type, date",
            "SELECT * FROM documents WHERE provider = 'fitbit' ORDER BY id",
            "SELECT * FROM civil_days WHERE provider = 'fitbit' ORDER BY date")]

    def tokens(self, provider):
        return self.rows("SELECT participant_id, fitbit_user_id, access_token, refresh_token, legacy_user_id "
                         "FROM fitbit_tokens WHERE provider = ?", provider)

    def fitbit_is_as_it_was(self, what):
        self.check(f"{what}: nothing of Fitbit has changed, in files, rows and sign-in",
                   self.all_of_fitbit() == self.fitbit and self.tokens("fitbit") == self.fitbit_token,
                   "something has")

    def prepare(self):
        camera.appearance(self.configuration, self.chosen)
        with open(os.path.join(self.configuration, "wristkeep.ini"), "w", encoding="utf-8") as stream:
            print("[General]\nWRISTKEEP_PROVIDER=fitbit", file=stream)
        self.begin()

    def keep_a_day_of_fitbit(self):
        program = self.program
        program.find("Status: Not connected")
        program.press("Connect")
        program.find("Status: Connected")
        program.press("Sync now")
        program.find("Synced: ", begins=True)
        program.find("Status: Connected")
        days = self.rows("SELECT DISTINCT date FROM v_ledger WHERE provider = 'fitbit'")
        self.check("a day of Fitbit is here", len(days) == 1, days)
        self.day = datetime.date.fromisoformat(days[0][0])
        self.check_yesterday(self.day)
        self.truth = self.service.control("truth", {"date": str(self.day), "user": self.person["id"]})
        self.check("its two files are there",
                   self.day_files() == [f"{self.day}_heartrate_1min.json", f"{self.day}_steps.json"], self.day_files())
        self.fitbit = self.all_of_fitbit()
        self.fitbit_token = self.tokens("fitbit")
        self.check("files, rows and sign-in are there to compare with later",
                   all(self.fitbit) and all(self.fitbit[1]) and len(self.fitbit_token) == 1, self.fitbit_token)

    def fitbit_closes(self):
        program = self.program
        self.service.control("switch", {"gone": True})
        program.press("Sync now")
        program.find("Status: Service closed")
        said = self.texts("Fitbit closed its service on 2 November 2026", "What is here stays",
                          "Google Health goes on with it")
        self.check("a closed Fitbit is said to be closed, and since when, and what becomes of the data", said,
                   program.names())
        self.check("there is nothing to sync any more", not program.shows("Sync now", desk.BUTTON), program.names())
        self.fitbit_is_as_it_was("after the sync that met a closed service")
        self.picture("1-closed")

    def set_google_health_up(self):
        program = self.program
        program.press("Move to Google Health")
        program.find("Status: Moving to Google Health")
        program.find("1. Register your own app at Google")
        self.picture("2-set-up")
        save = program.find("Save and continue", desk.BUTTON)
        self.check("nothing can be saved before both are there", not desk.enabled(save))
        program.write("Client ID", service.GOOGLE_ID)
        program.write("Client secret", service.GOOGLE_SECRET)
        self.check("the secret is not read out", service.GOOGLE_SECRET not in program.reads("Client secret"))
        self.picture("3-filled-in")
        program.press("Save and continue")
        program.wait_for_restart()
        program.find("Status: Not connected")
        self.check("saving begins the program anew, with Google Health", program.find("Google Health", COMBO_BOX))
        said = self.texts("Fitbit closed its service on 2 November 2026", "Connect Google Health", "what is here stays")
        self.check("it says why, and what to do", said, program.names())
        self.steps_are_shown("Fitbit's")
        desk.wait_for(lambda: f"nothing tells whose day it is: {program.names()}", lambda: self.texts("From Fitbit"))
        with open(os.path.join(self.configuration, "wristkeep.ini"), encoding="utf-8") as stream:
            kept = stream.read()
        self.check("the settings say so, and keep the secret sealed",
                   "WRISTKEEP_PROVIDER=google-health" in kept and f"GOOGLE_HEALTH_CLIENT_ID={service.GOOGLE_ID}" in kept
                   and "GOOGLE_HEALTH_CLIENT_SECRET=v1:" in kept and service.GOOGLE_SECRET not in kept, kept)
        self.picture("4-not-connected")

    def sign_in_as_somebody_else(self):
        program = self.program
        other = self.service.control("user", {"add": True})["id"]
        program.press("Connect")
        program.find("Another account", desk.DIALOG)
        asked = self.texts(f"was user {other} at Fitbit", f"is that of user {self.person['id']}")
        self.check("another person's Google account is noticed by its Fitbit id, and both are named", asked,
                   program.names())
        self.check("the danger is named", self.texts("would mix two people's data"), program.names())
        self.check("nothing is kept before the answer", self.tokens("google-health") == [], "a token is")
        self.picture("5-another-account")
        program.press("Leave everything as it was", within=desk.DIALOG)
        program.find("Status: Not connected")
        self.check("the question is gone", not program.shows("Another account", desk.DIALOG), program.names())
        self.check("no sign-in with Google Health is kept", self.tokens("google-health") == [], "a token is")
        self.check("and no data", self.rows("SELECT count(*) FROM v_ledger WHERE provider = 'google-health'") == [(0,)]
                   and self.day_files("google-health") == [], self.day_files("google-health"))
        self.fitbit_is_as_it_was("left as it was")
        self.picture("6-left-as-it-was")
        self.service.control("user", {"user": self.person["id"]})

    def connect_google_health(self):
        program = self.program
        program.press("Connect")
        program.find("Status: Connected")
        program.find("Connected to Google Health", begins=True)
        self.check("the right account is connected without a question",
                   not program.shows("Another account", desk.DIALOG), program.names())
        tokens = self.tokens("google-health")
        self.check("its sign-in is kept, and sealed", len(tokens) == 1 and
                   all(token.startswith("v1:") for token in tokens[0][2:4]), "another form")
        self.check("under Google's id and the same participant",
                   tokens[0][:2] == (self.fitbit_token[0][0], self.person["healthUserId"]), tokens[0][:2])
        self.check("with the Fitbit id it had before", tokens[0][4] == self.fitbit_token[0][1] == self.person["id"],
                   tokens[0][4])
        self.fitbit_is_as_it_was("connected")
        self.picture("7-connected")

    def keep_the_day_of_google_health(self):
        program = self.program
        program.press("Sync now")
        program.find("Synced: ", begins=True)
        program.find("Status: Connected")
        self.check("the same day has come from Google Health", self.day_files("google-health") ==
                   [f"{self.day}_{kind}.json" for kind in ("heartrate_1min", "resting_heart_rate", "steps")],
                   self.day_files("google-health"))
        desk.wait_for(lambda: f"the day is still Fitbit's: {program.names()}", lambda: not self.texts("from Fitbit"))
        self.steps_are_shown("Google Health's")
        self.picture("8-synced")

    def steps_are_shown(self, whose):
        """One and the same person's day, whoever it comes from."""
        def probe():
            return any(story.digits(text) == str(self.truth["steps"]) for text in self.texts("Steps: "))
        desk.wait_for(lambda: f"{self.truth['steps']} steps are not shown: {self.program.names()}", probe)
        self.check(f"{whose} steps of the day are on the window", True)

    def look_at_both(self):
        program = self.program
        program.select("Google Health", "Fitbit")
        program.find("Fitbit", COMBO_BOX)
        program.find(self.data_folder("fitbit"), begins=True)
        self.steps_are_shown("Fitbit's")
        self.picture("9-fitbit-again")
        program.select("Fitbit", "Google Health")
        program.find("Google Health", COMBO_BOX)
        program.find(self.data_folder("google-health"), begins=True)

    def compare_both(self):
        self.fitbit_is_as_it_was("moved over")
        day, steps, rates = str(self.day), self.truth["steps"], self.truth["rates"]
        self.check("both are the same participant",
                   self.rows("SELECT count(DISTINCT participant) FROM v_ledger") == [(1,)] and
                   self.rows("SELECT count(*) FROM participants") == [(1,)], self.rows("SELECT * FROM participants"))
        ledger = self.rows("SELECT provider, data_type, date, state FROM v_ledger ORDER BY provider, data_type")
        self.check("the ledger has the day of both", [row[:3] for row in ledger] == [
            ("fitbit", "heartrate_1min", day), ("fitbit", "steps", day), ("google-health", "heartrate_1min", day),
            ("google-health", "resting_heart_rate", day), ("google-health", "steps", day)], ledger)
        self.check("and all of it is good", all(row[3] in KEPT for row in ledger), ledger)
        daily = self.rows("SELECT provider, value FROM v_daily WHERE data_type = 'steps' ORDER BY provider")
        self.check("v_daily has the steps of both", daily == [("fitbit", steps), ("google-health", steps)], daily)
        for provider in ("fitbit", "google-health"):
            kept = self.rows("SELECT utc, value FROM v_samples WHERE provider = ? AND data_type = 'heartrate_1min' "
                             "ORDER BY utc", provider)
            self.check(f"v_samples has every minute of {provider}", kept == [tuple(rate) for rate in rates], len(kept))
        overlap = self.rows("SELECT data_type, date, fitbit, google_health, difference FROM v_overlap "
                            "ORDER BY data_type")
        resting = self.truth["restingRate"]
        self.check("v_overlap has the day of both beside each other", overlap == [
            ("resting_heart_rate", day, resting, resting, 0), ("steps", day, steps, steps, 0)], overlap)
        seams = self.rows("SELECT data_type, fitbit_last, google_health_first FROM v_seams ORDER BY data_type")
        self.check("v_seams has where the one ends and the other begins",
                   seams == [("heartrate_1min", day, day), ("steps", day, day)], seams)
        agree = self.rows("SELECT days_in_both, days_that_differ FROM v_seams WHERE data_type = 'steps'")
        self.check("and that they agree", agree == [(1, 0)], agree)


def main():
    pictures = os.environ.get("WRISTKEEP_PICTURES")
    if pictures:
        os.makedirs(pictures, exist_ok=True)
    for chosen in ("light", "dark") if pictures else ("light",):
        if status := story.tell(MoveOver, os.path.abspath(sys.argv[1]), pictures, chosen):
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
