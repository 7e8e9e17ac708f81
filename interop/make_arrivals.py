"""Writes the recorded arrivals of `arrivals/`: when which file of which forecast came, and what was said of it.

    make_arrivals.py

Forecast 0 was archived before, but for one file, which comes days late. The others come while the recording lasts, as
NOAA publishes: a lead time about every twenty seconds, index and data by themselves, each with its notification. With
all that goes wrong with those: some come twice, late, in another order, bundled, or never. Times are seconds.
"""

import json
import pathlib
import random

DIRECTORY = pathlib.Path(__file__).with_name("arrivals")
SPACING, DAY = 20, 86400
EVENT_VERSIONS = ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6"]
STRANGERS = [  # of the day and hour of forecast 1
    "gfs.{init:%Y%m%d}/{init:%H}/atmos/gfs.t{init:%H}z.pgrb2b.0p25.f003",
    "gfs.{init:%Y%m%d}/{init:%H}/atmos/gfs.t{init:%H}z.pgrb2.1p00.f003",
    "gfs.{init:%Y%m%d}/{init:%H}/atmos/gfs.t{init:%H}z.pgrb2.0p25.f999",
    "gfs.{init:%Y%m%d}/{init:%H}/wave/gridded/gfs wave+1.t{init:%H}z.grib2",
    "gfs.{init:%Y}1340/{init:%H}/atmos/gfs.t{init:%H}z.pgrb2.0p25.f003",
    "gdas.{init:%Y%m%d}/{init:%H}/atmos/gdas.t{init:%H}z.pgrb2.0p25.f003",
]
TEXTS = {
    "test event": json.dumps({"Service": "Amazon S3", "Event": "s3:TestEvent", "Time": "2026-01-01T00:00:00.000Z",
                              "Bucket": "noaa-gfs-bdp-pds", "RequestId": "1", "HostId": "1"}),
    "no JSON": "gfs.t06z.pgrb2.0p25.f003 is there",
    "JSON that is cut off": '{"Records": [{"eventVersion": "2.1", "eventSource": "aws:s3", "s3": {"bucket"',
    "records that are no list": '{"Records": 7}',
    "an envelope around no JSON": json.dumps({"Type": "Notification", "MessageId": "1", "Message": "not JSON"}),
}


class Recorder:
    """Draws a recording; `never` and `replaced` are of forecast 1, `late` is of forecast 0."""

    def __init__(self, seed, leads, forecasts, **special):
        self.random = random.Random(seed)
        self.leads, self.forecasts, self.special = leads, forecasts, special
        self.actions, self.notifications = [], []

    def put(self, at, part, forecast, lead, version=1):
        self.actions.append({"at": at, "put": part, "forecast": forecast, "lead": lead, "version": version})
        record = {"part": part, "forecast": forecast, "lead": lead, "version": version,
                  "event": self.random.choice(EVENT_VERSIONS)}
        delay = self.random.uniform(20, 90) if self.random.random() < 0.1 else self.random.expovariate(1 / 2)
        self.notifications.append((at + delay, record))

    def publish_forecast(self, forecast, begin):
        for number, lead in enumerate(self.leads):
            if (forecast, lead) == (1, self.special["never"]):
                continue
            at = begin + SPACING * number + self.random.uniform(0, 1.5 * SPACING)
            after = self.random.uniform(-5, -1) if self.random.random() < 0.15 else self.random.uniform(1, 5)
            if (forecast, lead) == (1, self.special["late_index"]):
                after = 8 * SPACING
            self.put(at, "data", forecast, lead)
            self.put(max(at + after, 0), "index", forecast, lead)

    def lose(self):
        """One in twenty, among them all that is said of one file; what it is about is what is recorded of them."""
        lost = [each for each in self.notifications if (each[1]["forecast"], each[1]["lead"]) == (1, self.special["lost"])]
        others = [each for each in self.notifications if each not in lost]
        lost += self.random.sample(others, max(0, -(-len(self.notifications) // 20) - len(lost)))
        self.notifications = [each for each in self.notifications if each not in lost]
        return [{key: record[key] for key in ("part", "forecast", "lead")} for _, record in lost]

    def send(self, at, records):
        self.actions.append({"at": at, "send": self.random.choice(["raw", "envelope"]), "records": records})

    def send_all(self):
        waiting = sorted(self.notifications, key=lambda each: each[0])
        while waiting:
            at, record = waiting.pop(0)
            records = [record]
            if waiting and self.random.random() < 0.15:
                at, another = waiting.pop(0)
                records.append(another)
            self.send(at, records)
            if self.random.random() < 0.1:
                self.send(at + self.random.uniform(5, 120), records)

    def disturb(self, end):
        """Test events, malformed messages, and files of the same bucket that nobody asked for."""
        for name, text in TEXTS.items():
            self.actions.append({"at": self.random.uniform(0, end), "send": "text", "name": name, "text": text})
        for key in STRANGERS:
            self.send(self.random.uniform(0, end), [{"key": key, "event": self.random.choice(EVENT_VERSIONS)}])

    def recorded(self):
        special = self.special
        for number, forecast in enumerate(self.forecasts):
            self.publish_forecast(forecast, number * SPACING * len(self.leads) * 0.7)
        end = max(action["at"] for action in self.actions)
        lost = self.lose()
        old = next(record for _, record in self.notifications
                   if (record["part"], record["forecast"], record["lead"]) == ("data", 1, special["replaced"]))
        self.put(end * 0.6, "data", 0, special["late"])
        self.put(end * 0.6 + 3, "index", 0, special["late"])
        self.notifications[-2:] = [(at + 2 * DAY, record) for at, record in self.notifications[-2:]]
        self.put(end + 600, "data", 1, special["replaced"], 2)
        self.put(end + 603, "index", 1, special["replaced"], 2)
        self.send_all()
        self.send(end + 700, [old])  # once more, after another version took its place
        self.disturb(end)
        ordered = sorted(self.actions, key=lambda action: action["at"])
        return {"leads": self.leads, "forecasts": self.forecasts, **special, "lost": lost,
                "actions": [action | {"at": round(action["at"], 1)} for action in ordered]}


def write(name, recording):
    """With one line for each action."""
    lines = ",\n".join(f"    {json.dumps(action)}" for action in recording.pop("actions"))
    head = json.dumps(recording, indent=None)[:-1].replace(', "lost"', ',\n  "lost"')
    (DIRECTORY / f"{name}.json").write_text(f'{head},\n  "actions": [\n{lines}\n  ]\n}}\n')


if __name__ == "__main__":
    write("small", Recorder(14, list(range(6)), [1], never=2, late_index=3, replaced=4, late=1, lost=5).recorded())
    hours = [*range(31), *range(33, 61, 3)]
    write("full", Recorder(2, hours, [1, 2], never=8, late_index=21, replaced=14, late=4, lost=33).recorded())
