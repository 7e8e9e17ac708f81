"""Plays recorded arrivals of forecasts into an S3 bucket and an SQS queue, with time compressed."""

import datetime
import itertools
import json
import pathlib
import threading
import time
import urllib.parse

import boto3
import botocore.config

import s3

ARRIVALS = pathlib.Path(__file__).with_name("arrivals")


def recording(name):
    return json.loads((ARRIVALS / f"{name}.json").read_text())


def timestamp(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")[:-4] + "Z"


class Source:
    """The bucket that a model publishes to; it knows what is said of each object."""

    def __init__(self, model, server):
        self.model = model
        self.client = boto3.client(
            "s3", endpoint_url=server.endpoint, region_name="us-east-1", aws_access_key_id=s3.KEY,
            aws_secret_access_key=s3.SECRET, config=botocore.config.Config(
                s3={"addressing_style": "path"}, request_checksum_calculation="when_required"))
        self.objects, self.available = {}, {}
        self.numbers = itertools.count(0x5F0000)

    def put(self, part, forecast, lead, version=1):
        """Puts a file or its inventory, and notes when it was there."""
        content, inventory, _ = self.model.made(forecast, lead, version)
        key = self.model.key(forecast, lead) + (".idx" if part == "index" else "")
        body = inventory.encode() if part == "index" else content
        answer = self.client.put_object(Bucket=self.model.bucket, Key=key, Body=body)
        now = time.time()
        self.objects[part, forecast, lead, version] = {
            "key": key, "size": len(body), "eTag": answer["ETag"].strip('"'), "time": now,
            "sequencer": f"{next(self.numbers):016X}"}
        self.available[forecast, lead, version] = now

    def put_forecast(self, forecast, without=()):
        for lead in self.model.leads:
            if lead not in without:
                self.put("data", forecast, lead)
                self.put("index", forecast, lead)

    def record(self, event, key=None, **which):
        """What S3 says of an object: one of the model's, or any other by its key."""
        stranger = {"key": (key or "").format(init=self.model.init(1)), "size": 7, "eTag": "0" * 32, "time": time.time(), "sequencer": "00"}
        about = stranger if key else self.objects[tuple(which[name] for name in ("part", "forecast", "lead", "version"))]
        slashes = "/" if event < "2.4" else ""  # both are to be understood
        described = {
            "key": urllib.parse.quote_plus(about["key"], safe=slashes), "size": about["size"], "eTag": about["eTag"],
            "sequencer": about["sequencer"]}
        return {
            "eventVersion": event, "eventSource": "aws:s3", "awsRegion": "us-east-1",
            "eventTime": timestamp(about["time"]), "eventName": "ObjectCreated:Put",
            "userIdentity": {"principalId": "AWS:AIDAEXAMPLE"}, "requestParameters": {"sourceIPAddress": "127.0.0.1"},
            "responseElements": {"x-amz-request-id": "C3D13FE58DE4C810", "x-amz-id-2": "FMyUVURIY8"},
            "s3": {"s3SchemaVersion": "1.0", "configurationId": "new-objects",
                   "bucket": {"name": self.model.bucket, "ownerIdentity": {"principalId": "A3NL1KOZZKExample"},
                              "arn": f"arn:aws:s3:::{self.model.bucket}"},
                   "object": described}}

    def message(self, action):
        """The text of an SQS message: S3's own, or in the envelope of SNS."""
        if action["send"] == "text":
            return action["text"]
        text = json.dumps({"Records": [self.record(**record) for record in action["records"]]})
        if action["send"] == "raw":
            return text
        return json.dumps({
            "Type": "Notification", "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
            "TopicArn": "arn:aws:sns:us-east-1:123901341784:NewGFSObject", "Subject": "Amazon S3 Notification",
            "Message": text, "Timestamp": timestamp(time.time()), "SignatureVersion": "1", "Signature": "EXAMPLE",
            "SigningCertURL": "https://sns.us-east-1.amazonaws.com/SimpleNotificationService.pem",
            "UnsubscribeURL": "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe"})


class Player(threading.Thread):
    """Does what a recording says, `factor` times as fast, and where nothing happens for long after `longest_pause`."""

    def __init__(self, recording, source, queue, factor, longest_pause=5):
        super().__init__(name="player", daemon=True)
        self.recording, self.source, self.queue = recording, source, queue
        self.factor, self.longest_pause = factor, longest_pause
        self.done, self.failure, self.over = 0, None, threading.Event()

    def run(self):
        try:
            self.play()
        except Exception as failure:  # told by finish()
            self.failure = failure

    def play(self):
        due, before = time.monotonic(), 0
        for action in self.recording["actions"]:
            due += min((action["at"] - before) / self.factor, self.longest_pause)
            before = action["at"]
            if self.over.wait(max(0, due - time.monotonic())):
                return
            if "put" in action:
                self.source.put(action["put"], action["forecast"], action["lead"], action["version"])
            else:
                self.queue.send(self.source.message(action))
            self.done += 1

    def wait_for(self, share):
        """Waits until that share of all actions is done."""
        while self.done < share * len(self.recording["actions"]) and self.is_alive():
            time.sleep(0.05)

    def finish(self):
        self.join()
        if self.failure:
            raise self.failure

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *failure):
        self.over.set()
        self.join()


def final_versions(recording):
    """For each forecast, in the end, the version of each file that came."""
    leads = recording["leads"]
    versions = {forecast: dict.fromkeys(leads, 1) for forecast in [0, *recording["forecasts"]]}
    versions[1].pop(recording.get("never"), None)
    if "replaced" in recording:
        versions[1][recording["replaced"]] = 2
    return versions
