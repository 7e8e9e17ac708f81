"""Events go out through SNS: a topic of moto hands them to the queues that subscribed to it."""

import json
import os
import pathlib
import subprocess

import boto3
import pytest

from firn_cli import ROOT, firn
from moto_server import moto

JAR = ROOT / "pipeline" / "target" / "firn-pipeline-0.1.0-full.jar"
EVENT = json.dumps({"schema": "firn.publication", "dataset": "noaa-gfs-forecast", "note": "größer"})


def send(target, environment):
    firn("--version")  # builds the jar
    command = ["java", "-cp", str(JAR), str(pathlib.Path(__file__).with_name("SendEvent.java")), target]
    return subprocess.run(
        [*command, "run-1", "noaa-gfs-forecast", EVENT], capture_output=True, text=True, env=os.environ | environment
    )


def queue_of(topic, sqs, sns, name, **subscription):
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes=subscription)
    return url


def received(sqs, url):
    return [message["Body"] for message in sqs.receive_message(QueueUrl=url).get("Messages", [])]


@pytest.mark.long
def test_subscribers_of_a_topic_get_the_event():
    with moto() as environment:
        server = environment["AWS_ENDPOINT_URL_S3"]
        client = {"endpoint_url": server, "region_name": "us-east-1", "aws_access_key_id": "test", "aws_secret_access_key": "test"}
        sqs, sns = boto3.client("sqs", **client), boto3.client("sns", **client)
        topic = sns.create_topic(Name="published")["TopicArn"]
        raw = queue_of(topic, sqs, sns, "raw", RawMessageDelivery="true")
        wrapped = queue_of(topic, sqs, sns, "wrapped", FilterPolicy=json.dumps({"subject": ["noaa-gfs-forecast"]}))
        others = queue_of(topic, sqs, sns, "others", FilterPolicy=json.dumps({"subject": ["noaa-hrrr-analysis"]}))

        sent = send(topic, environment | {"AWS_ENDPOINT_URL": server})
        refused = send(topic + "-absent", environment | {"AWS_ENDPOINT_URL": server})

        assert sent.returncode == 0, sent.stderr
        assert received(sqs, raw) == [EVENT]
        [body] = received(sqs, wrapped)
        assert json.loads(body)["Message"] == EVENT
        assert received(sqs, others) == []
        assert refused.returncode == 1
        assert f"Cannot send event run-1 to {topic}-absent: " in refused.stderr
