"""An SQS server for tests, as a process: the one that the Java tests run in their JVM."""

import itertools

import boto3

import s3


class Server(s3.Process):
    """It ends with the context, or with this process."""

    def __init__(self):
        super().__init__("sqs.SqsServerMain")
        self.numbers = itertools.count(1)

    def __enter__(self):
        super().__enter__()
        self.client = boto3.client("sqs", endpoint_url=self.endpoint, region_name="us-east-1",
                                   aws_access_key_id=s3.KEY, aws_secret_access_key=s3.SECRET)
        return self

    @property
    def environment(self):
        """The environment variables with which firn finds the server, beside those of an S3 server."""
        return {"AWS_ENDPOINT_URL_SQS": self.endpoint}

    def new_queue(self, visibility_seconds=30):
        """An empty queue; what is received from it and not deleted comes again after so many seconds."""
        attributes = {"VisibilityTimeout": str(visibility_seconds)}
        name = f"queue-{next(self.numbers)}"
        self.client.create_queue(QueueName=name, Attributes=attributes)
        return Queue(self.client, f"{self.endpoint}/000000000000/{name}")


class Queue:
    """A queue of a server."""

    def __init__(self, client, url):
        self.client, self.url = client, url

    def send(self, text):
        self.client.send_message(QueueUrl=self.url, MessageBody=text)

    def receive(self, wait_seconds=0):
        """Takes some of what there is, the texts of messages."""
        answer = self.client.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10, WaitTimeSeconds=wait_seconds)
        messages = answer.get("Messages", [])
        for message in messages:
            self.client.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
        return [message["Body"] for message in messages]

    def waiting(self):
        """How many messages there are: those to be received, and those that were and are not deleted."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=names)["Attributes"]
        return sum(int(found[name]) for name in names)
