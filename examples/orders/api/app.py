"""Orders in a table; the SDK finds its endpoints in the environment, on AWS and here."""
import json
import logging
import os
from decimal import Decimal

import boto3

logging.getLogger().setLevel(os.environ["LOG_LEVEL"])

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
archive = boto3.resource("s3").Bucket(os.environ["ARCHIVE"])


def handler(event, context):
    order = (event["pathParameters"] or {}).get("id")
    match event["httpMethod"]:
        case "PUT":
            # The SDK wants numbers with a fraction as Decimal, and reads them as such.
            item = json.loads(event["body"], parse_float=Decimal) | {"id": order}
            table.put_item(Item=item)
            archive.put_object(Key=f"{order}.json", Body=json.dumps(item, default=float).encode())
            logging.info("order %s written", order)
            return answer(201, item)
        case "DELETE":
            table.delete_item(Key={"id": order})
            return answer(204)
        case _ if order is None:
            return answer(200, sorted(item["id"] for item in table.scan()["Items"]))
    item = table.get_item(Key={"id": order}).get("Item")
    return answer(200, item) if item else answer(404, {"message": f"no order {order}"})


def answer(status, body=None):
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json"},
        "body": "" if body is None else json.dumps(body, default=float),
    }
