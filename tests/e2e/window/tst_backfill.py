#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tst_backfill.py BIN-FOLDER: ten years of a person's data in the real window, by accessible names alone: what it will
take, its begin, a sync that goes first, a kill in the middle and the start after it, the wait for the request limit, the
end. Then whether everything is here: requests as foretold and none answered twice, days and values as the service has
them. WRISTKEEP_PICTURES names a folder for pictures, light and dark."""

import datetime
import os
import re
import subprocess
import sys
import threading
import zoneinfo

import camera
import desk
import service
import story

YEARS = 10
RETRY_AFTER = 8  # seconds the service wants to be left alone
FIRST_ANSWERS = 4  # until the picture of the beginning
MORE_ANSWERS = 16  # until the kill
SYNC_ANSWERS = 2  # of the same kinds, in a sync of yesterday
ANSWERS_A_MINUTE = 10  # until the limit
LATER_ANSWERS = 6  # after the limit, until it is paused
ASKED = r"dataPoints:dailyRollUp|/daily-resting-heart-rate/"

# What is ticked in the menu of data, and how many entries down it stands.
KINDS = {"Steps": 3, "Resting heart rate": 7}


def ten_years_ago():
    today = datetime.datetime.now(datetime.timezone.utc).date()
    return today.replace(year=today.year - YEARS, day=1)


class Backfill(story.Story):
    def __init__(self, programs, pictures, chosen, folder):
        self.first = ten_years_ago()
        # The first days of an account have no resting heart rate yet.
        since = self.first - datetime.timedelta(30)
        super().__init__(programs, folder, ("--member-since", str(since)))
        for key in ("FITBIT_CLIENT_ID", "FITBIT_CLIENT_SECRET"):
            del self.environment[key]
        self.environment |= {"GOOGLE_HEALTH_CLIENT_ID": service.GOOGLE_ID,
                             "GOOGLE_HEALTH_CLIENT_SECRET": service.GOOGLE_SECRET}
        self.pictures = pictures
        self.chosen = chosen
        self.person = self.service.control("status")["users"][0]
        self.last = None
        self.foretold = None
        self.unanswered_before = 0
        self.truth = []
        self.asking = threading.Thread(target=self.ask_the_truth, daemon=True)

    def steps(self):
        return (self.prepare, self.see_what_a_sync_takes, self.see_what_it_takes, self.begin_it, self.sync_meanwhile,
                self.be_killed, self.go_on, self.wait_for_the_limit, self.come_to_the_end, self.look_at_the_service,
                self.compare, self.quit, self.no_secret_was_told)

    def picture(self, name):
        if self.pictures:
            camera.Camera(self.pictures).take(self.program, f"backfill-{name}-{self.chosen}")

    def texts(self, *parts):
        return [thing.get_name() for thing in self.program.all() if all(part in thing.get_name() for part in parts)]

    def wait_for_text(self, *parts, patience=None):
        """The first text on the window that holds all of these words."""
        return desk.wait_for(lambda: f"nothing says {parts}: {self.program.names()}", lambda: self.texts(*parts),
                             patience)[0]

    def labels(self, form):
        """The labels of that form, as matches."""
        matches = (re.fullmatch(form, thing.get_name()) for thing in self.program.all(roles={desk.Atspi.Role.LABEL}))
        return [match for match in matches if match]

    def left(self):
        """How many requests the card says are left."""
        found = re.search(r"([0-9.]+) requests? left", " ".join(self.texts("days of data")))
        return int(story.digits(found.group(1))) if found else None

    def wait_until_left(self, done):
        def complaint():
            asked = [(entry["path"], entry["status"]) for entry in self.service.control("log")["entries"]]
            return f"{self.left()} requests are left of {self.foretold}: {self.service.control('faults')}, {asked}"
        desk.wait_for(complaint, lambda: self.left() == self.foretold - done)

    def answered(self):
        """What was asked of these kinds and answered, each as often as it was."""
        return [entry["path"] + entry["asked"] for entry in self.service.control("log")["entries"]
                if re.search(ASKED, entry["path"]) and entry["status"] == 200]

    def unanswered(self):
        """How many of these requests got no answer."""
        return sum(1 for entry in self.service.control("log")["entries"]
                   if re.search(ASKED, entry["path"]) and entry["status"] == 0)

    def hang_after(self, count):
        self.unanswered_before = self.unanswered()
        self.service.control("clear-faults")
        self.service.control("fault", {"kind": "hang", "regex": ASKED, "skip": count, "times": -1})

    def focus(self, thing):
        names = [thing.get_action_name(index) for index in range(thing.get_n_actions())]
        thing.do_action(names.index("SetFocus"))
        desk.wait_for(lambda: f'"{thing.get_name()}" takes no keys',
                      lambda: desk.states(thing).contains(desk.Atspi.StateType.FOCUSED))

    def type_first_day(self, field):
        """Once more where keys were lost: the first ones on a new display may fall into a gap of the window manager's."""
        def shown():
            return desk.Atspi.Text.get_text(field, 0, desk.Atspi.Text.get_character_count(field))

        def typed():
            # Coming back to the field begins at its year; from there it goes to the month and the day by itself.
            self.focus(self.program.find("Not now", desk.BUTTON))
            self.focus(field)
            subprocess.run(["xdotool", "type", self.first.strftime("%Y%m%d")], check=True)
            try:
                return desk.wait_for("", lambda: shown() == str(self.first), 3)
            except desk.Missing:
                return False
        desk.wait_for(lambda: f"the first day is {shown()}", typed)

    def tick(self, kind):
        """Chooses a kind of data in the dialog's menu as the keyboard does (Qt 6.4 tells the entries of an open menu to
        nobody, and a press from outside comes back only when the menu is closed)."""
        def probe():
            return next((thing for thing in self.program.all(roles=desk.BUTTON)
                         if thing.get_description() == "Data to sync" and desk.is_within(thing, desk.DIALOG)), None)
        button = desk.wait_for("there is no choice of data", probe)
        self.focus(button)
        before = self.program.windows()
        subprocess.run(["xdotool", "key", "space"], check=True)
        desk.wait_for("the menu of data does not open", lambda: self.program.windows() > before)
        subprocess.run(["xdotool", "key", *["Down"] * KINDS[kind], "Return"], check=True)
        desk.wait_for(lambda: f'"{kind}" is not chosen: {button.get_name()}', lambda: kind in button.get_name())

    def prepare(self):
        now = datetime.datetime.now(zoneinfo.ZoneInfo(self.person["zone"]))
        self.last = now.date() - datetime.timedelta(1)
        # It takes a while, and the window waits now and then.
        self.asking.start()
        camera.appearance(os.path.join(self.environment["XDG_CONFIG_HOME"], "wristkeep"), self.chosen)
        self.begin()
        self.program.find("Status: Not connected")
        self.program.press("Connect")
        self.program.find("Status: Connected")

    def see_what_a_sync_takes(self):
        said = self.wait_for_text("3 requests, done by ", "about ")
        self.check("what a sync takes is said before it", said)
        self.check("and nothing was asked for that", self.answered() == [])

    def see_what_it_takes(self):
        program = self.program
        program.press("All history")
        program.find("All history", desk.DIALOG)
        self.wait_for_text("Google Health does not tell an account's first day")
        self.type_first_day(program.find("First day", {desk.Atspi.Role.SPIN_BUTTON}))
        for kind in KINDS:
            self.tick(kind)
        program.find(", ".join(KINDS), desk.BUTTON)
        said = desk.wait_for(lambda: f"no number of requests: {program.names()}", lambda: self.labels("([0-9]+)"))
        self.foretold = int(said[0][1])
        self.check("requests, time and disk are foretold",
                   self.wait_for_text("done by ") and self.wait_for_text("about ", "MB"), program.names())
        self.check("nothing was asked for that", self.answered() == [], self.answered())
        self.picture_of_dialog("1-estimate")

    def picture_of_dialog(self, name):
        if self.pictures:
            camera.Camera(self.pictures).take(self.program, f"backfill-{name}-{self.chosen}", frame="All history")

    def begin_it(self):
        self.hang_after(FIRST_ANSWERS)
        self.program.press("Start", within=desk.DIALOG)
        self.program.find("History: being fetched")
        self.wait_until_left(FIRST_ANSWERS)
        self.check("it counts down from what was foretold", True)
        self.check("it goes from the newest day to the account's first", self.texts("Newest days first, back to "),
                   self.program.names())
        self.picture("2-start")

    def sync_meanwhile(self):
        program = self.program
        self.hang_after(MORE_ANSWERS + SYNC_ANSWERS)
        program.press("Sync now")
        program.find("Synced: ", begins=True)
        program.find("Status: Connected")
        self.check("a sync goes first, and is done", f"{self.last}_heartrate_1min.json" in self.day_files("google-health"))
        program.find("History: being fetched")
        count = FIRST_ANSWERS + MORE_ANSWERS
        self.wait_until_left(count)
        self.check("and the history goes on after it", len(self.answered()) == count + SYNC_ANSWERS,
                   len(self.answered()))
        self.picture("3-middle")

    def be_killed(self):
        cells = "SELECT count(*) FROM ledger WHERE state IN ('complete', 'empty', 'provisional')"
        kept = self.rows(cells)
        # What was answered is told once it is kept: nothing is under way but what hangs.
        self.program.process.kill()
        self.program.process.wait(desk.PATIENCE)
        self.check("what was told as done is kept", self.rows(cells) == kept, kept)
        self.service.control("clear-faults")
        self.service.control("quota", {"googlePerMinute": ANSWERS_A_MINUTE, "googleUsed": 0,
                                       "googleRetryAfter": RETRY_AFTER})

    def go_on(self):
        self.begin()
        self.program.find("Status: Connected")
        said = self.wait_for_text("History: ")
        self.check("after the kill the window knows of it", said in ("History: interrupted", "History: being fetched",
                                                                   "History: waiting for the request limit"), said)

    def wait_for_the_limit(self):
        program = self.program
        program.find("History: waiting for the request limit")
        said = self.wait_for_text("Goes on by itself at ", ", in 0:")
        self.check("the wait has an end that is told, and counted down to", said)
        more = len(self.answered()) - FIRST_ANSWERS - MORE_ANSWERS - SYNC_ANSWERS
        self.check("it went on, as far as the limit allowed", 0 < more < self.foretold / 2, more)
        self.check("Pause and Cancel are there", program.shows("Pause", desk.BUTTON) and
                   program.shows("Cancel history", desk.BUTTON), program.names())
        self.picture("4-limit")
        self.hang_after(LATER_ANSWERS)
        self.service.control("quota", {"googlePerMinute": 1000, "googleUsed": 0})

    def come_to_the_end(self):
        program = self.program
        program.find("History: being fetched")
        self.check("it goes on by itself when the wait is over", True)
        # An answer that comes as it is paused would be asked for again.
        desk.wait_for("no request hangs", lambda: self.unanswered() > self.unanswered_before)
        program.press("Pause")
        program.find("History: paused")
        asked = len(self.answered())
        desk.pause(1)
        self.check("Pause is heard at once, and lasts", len(self.answered()) <= asked + 1 and
                   program.shows("History: paused"), (asked, len(self.answered()), program.names()))
        self.service.control("clear-faults")
        program.press("Resume")
        program.find("History: all of it is here")
        self.check("everything is said to be here", self.texts("Nothing is missing from "), program.names())
        self.picture("5-end")
        program.press("Hide")
        desk.wait_for("the card stays", lambda: not program.shows("History: all of it is here"))

    def look_at_the_service(self):
        answered = self.answered()
        self.check("as many requests were answered as were foretold", len(answered) == self.foretold + SYNC_ANSWERS,
                   (len(answered), self.foretold))
        self.check("none of them twice", len(set(answered)) == len(answered), answered)

    def ask_the_truth(self):
        for number in range((self.last - self.first).days + 1):
            day = self.service.control("truth", {"date": str(self.first + datetime.timedelta(number)),
                                                 "user": self.person["id"]})
            self.truth.append({key: day[key] for key in ("steps", "restingRate")})

    def compare(self):
        self.asking.join(desk.PATIENCE)
        days = (self.last - self.first).days + 1
        self.check("the service has told what it has", len(self.truth) == days, len(self.truth))
        for kind in ("steps", "resting_heart_rate"):
            states = dict(self.rows("SELECT state, count(*) FROM ledger WHERE data_type = ? AND date BETWEEN ? AND ? "
                                    "GROUP BY state", kind, str(self.first), str(self.last)))
            self.check(f"the ledger has every day of {kind}", sum(states.values()) == days and
                       set(states) <= {"complete", "empty", "provisional"}, states)
        steps = [day["steps"] for day in self.truth if day["steps"] > 0]
        kept = self.rows("SELECT count(*), sum(value) FROM v_daily WHERE data_type = 'steps' AND value > 0")
        self.check("the steps of ten years are those of the service", kept == [(len(steps), sum(steps))], kept)
        resting = [day["restingRate"] for day in self.truth if day["restingRate"]]
        kept = self.rows("SELECT count(*), sum(value) FROM v_daily WHERE data_type = 'resting_heart_rate'")
        self.check("so are the resting heart rates", kept == [(len(resting), sum(resting))],
                   (kept, len(resting), sum(resting)))


def main():
    pictures = os.environ.get("WRISTKEEP_PICTURES")
    if pictures:
        os.makedirs(pictures, exist_ok=True)
    for chosen in ("light", "dark") if pictures else ("light",):
        if status := story.tell(Backfill, os.path.abspath(sys.argv[1]), pictures, chosen):
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
