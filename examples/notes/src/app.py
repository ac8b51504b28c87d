"""Notes: the text in a bucket, its length and title in a table."""
import base64
import json
import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
bucket = boto3.resource("s3").Bucket(os.environ["BUCKET"])


def handler(event, context):
    note = event["pathParameters"]["id"]
    if event["requestContext"]["http"]["method"] == "PUT":
        text = event.get("body", "")
        # What has no type of text arrives in Base64, on AWS as here; curl sends a form unless it is told a type.
        if event["isBase64Encoded"]:
            text = base64.b64decode(text).decode()
        bucket.put_object(Key=note, Body=text.encode(), ContentType="text/plain; charset=utf-8")
        table.put_item(Item={"id": note, "title": text.split("\n")[0], "length": len(text)})
        return {"statusCode": 201}
    item = table.get_item(Key={"id": note}).get("Item")
    if item is None:
        return {"statusCode": 404, "body": json.dumps({"message": f"no note {note}"})}
    text = bucket.Object(note).get()["Body"].read().decode()
    return {"statusCode": 200, "body": json.dumps({"title": item["title"], "length": int(item["length"]), "text": text})}
