import hashlib
import io
import os
from decimal import Decimal

import boto3

SIZE = 20 * 1024 * 1024
items = boto3.resource("dynamodb").Table(os.environ["TABLE"])
objects = boto3.client("s3")
bucket = os.environ["BUCKET"]


def digest(content):
    return hashlib.sha256(content).hexdigest()


def read(key):
    return digest(objects.get_object(Bucket=bucket, Key=key)["Body"].read())


def handler(event, context):
    content = hashlib.shake_128(b"the same bytes on every run").digest(SIZE)
    if event["write"]:
        items.put_item(Item={"id": "python", "text": "ä", "number": Decimal("1.5"), "nested": {"list": [1, "two"]}})
        objects.put_object(Bucket=bucket, Key="python/buffer", Body=content)
        # Above 8 MiB, the transfer manager sends parts in parallel.
        objects.upload_fileobj(io.BytesIO(content), bucket, "python/stream")
    item = items.get_item(Key={"id": "python"})["Item"]
    return {"wanted": digest(content), "buffer": read("python/buffer"), "stream": read("python/stream"),
            "item": {**item, "number": float(item["number"]), "nested": {"list": [int(item["nested"]["list"][0]), item["nested"]["list"][1]]}}}
