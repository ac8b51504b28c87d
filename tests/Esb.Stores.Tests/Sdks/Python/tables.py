"""Every method of the client of DynamoDB, and of its streams, and the helpers of boto3."""
from decimal import Decimal
import json

import boto3
from boto3.dynamodb.conditions import Attr, Key
from rows import STORES, check, others, refused, rows

client = boto3.client("dynamodb", **STORES)
streams = boto3.client("dynamodbstreams", **STORES)
table = boto3.resource("dynamodb", **STORES).Table("py-tables")
TABLE = "py-tables"
seen = {}


def key(name, sort):
    return {"id": {"S": name}, "sort": {"N": str(sort)}}


def create_table():
    created = client.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "sort", "KeyType": "RANGE"}],
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": kind} for name, kind in [("id", "S"), ("sort", "N"), ("colour", "S")]],
        GlobalSecondaryIndexes=[{
            "IndexName": "by-colour",
            "KeySchema": [{"AttributeName": "colour", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "KEYS_ONLY"}}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
        SSESpecification={"Enabled": True})["TableDescription"]
    seen.update(arn=created["TableArn"], stream=created["LatestStreamArn"])
    client.get_waiter("table_exists").wait(TableName=TABLE, WaiterConfig={"Delay": 1})


def update_table():
    client.update_table(TableName=TABLE, DeletionProtectionEnabled=True) if has("DeletionProtectionEnabled") else None
    client.update_table(
        TableName=TABLE, BillingMode="PROVISIONED", ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
        GlobalSecondaryIndexUpdates=[{"Update": {
            "IndexName": "by-colour", "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}}}])
    client.get_waiter("table_exists").wait(TableName=TABLE, WaiterConfig={"Delay": 1})
    client.update_table(TableName=TABLE, DeletionProtectionEnabled=False) if has("DeletionProtectionEnabled") else None


# Older models lack it.
def has(member):
    return member in client.meta.service_model.operation_model("UpdateTable").input_shape.members


def put_item():
    item = {**key("a", 1), "colour": {"S": "red"}, "bytes": {"B": "ä".encode()}, "list": {"L": [{"NULL": True}]}}
    client.put_item(TableName=TABLE, Item=item)
    refused("ConditionalCheckFailedException", client.put_item,
            TableName=TABLE, Item=item, ConditionExpression="attribute_not_exists(id)")


def transact_write():
    put = [{"Put": {"TableName": TABLE, "Item": key("t", n), "ConditionExpression": "attribute_not_exists(id)"}} for n in (1, 2)]
    client.transact_write_items(TransactItems=put)
    try:
        client.transact_write_items(TransactItems=put)
    except client.exceptions.TransactionCanceledException as error:
        check([r["Code"] for r in error.response["CancellationReasons"]] == ["ConditionalCheckFailed"] * 2)
    else:
        raise AssertionError("not cancelled")


POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "000000000000"}, "Action": "dynamodb:GetItem"}]}
QUERY = {"TableName": TABLE, "KeyConditionExpression": "id = :id", "ExpressionAttributeValues": {":id": {"S": "a"}}}

calls = {
    "CreateTable": create_table,
    "DescribeTable": lambda: (
        check(client.describe_table(TableName=TABLE)["Table"]["TableStatus"] == "ACTIVE"),
        refused("ResourceNotFoundException", client.describe_table, TableName="py-missing")),
    "ListTables": lambda: check(TABLE in [name for page in client.get_paginator("list_tables").paginate() for name in page["TableNames"]]),
    "UpdateTable": update_table,
    "UpdateTimeToLive": lambda: client.update_time_to_live(
        TableName=TABLE, TimeToLiveSpecification={"AttributeName": "expires", "Enabled": True}),
    "DescribeTimeToLive": lambda: check(
        client.describe_time_to_live(TableName=TABLE)["TimeToLiveDescription"]["TimeToLiveStatus"] == "ENABLED"),
    "TagResource": lambda: client.tag_resource(ResourceArn=seen["arn"], Tags=[{"Key": "team", "Value": "a"}]),
    "ListTagsOfResource": lambda: check(client.list_tags_of_resource(ResourceArn=seen["arn"])["Tags"] == [{"Key": "team", "Value": "a"}]),
    "UntagResource": lambda: client.untag_resource(ResourceArn=seen["arn"], TagKeys=["team"]),
    "PutResourcePolicy": lambda: client.put_resource_policy(ResourceArn=seen["arn"], Policy=json.dumps(
        {**POLICY, "Statement": [{**POLICY["Statement"][0], "Resource": seen["arn"]}]})),
    "GetResourcePolicy": lambda: check("GetItem" in client.get_resource_policy(ResourceArn=seen["arn"])["Policy"]),
    "DeleteResourcePolicy": lambda: client.delete_resource_policy(ResourceArn=seen["arn"]),
    "DescribeLimits": lambda: check(client.describe_limits()["TableMaxReadCapacityUnits"] > 0),
    "DescribeEndpoints": lambda: check(client.describe_endpoints()["Endpoints"]),
    "UpdateContinuousBackups": lambda: client.update_continuous_backups(
        TableName=TABLE, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}),
    "DescribeContinuousBackups": lambda: client.describe_continuous_backups(TableName=TABLE),
    "PutItem": put_item,
    "GetItem": lambda: check(client.get_item(TableName=TABLE, Key=key("a", 1))["Item"]["bytes"]["B"] == "ä".encode()),
    "UpdateItem": lambda: check(client.update_item(
        TableName=TABLE, Key=key("a", 1), UpdateExpression="ADD #s :n", ExpressionAttributeNames={"#s": "size"},
        ExpressionAttributeValues={":n": {"N": "2"}},
        ReturnValues="UPDATED_NEW")["Attributes"] == {"size": {"N": "2"}}),
    "BatchWriteItem": lambda: check(client.batch_write_item(RequestItems={TABLE: [
        {"PutRequest": {"Item": {**key("a", n), "colour": {"S": "blue"}}}} for n in (2, 3)]})["UnprocessedItems"] == {}),
    "BatchGetItem": lambda: check(len(client.batch_get_item(
        RequestItems={TABLE: {"Keys": [key("a", 2), key("b", 9)]}})["Responses"][TABLE]) == 1),
    "Query": lambda: check([item["sort"]["N"] for page in client.get_paginator("query").paginate(
        **QUERY, PaginationConfig={"PageSize": 1}) for item in page["Items"]] == ["1", "2", "3"]),
    "Scan": lambda: check(sum(page["Count"] for page in client.get_paginator("scan").paginate(
        TableName=TABLE, IndexName="by-colour", PaginationConfig={"PageSize": 2})) == 3),
    "TransactWriteItems": transact_write,
    "TransactGetItems": lambda: check(client.transact_get_items(
        TransactItems=[{"Get": {"TableName": TABLE, "Key": key("t", 1)}}])["Responses"][0]["Item"] == key("t", 1)),
    "ExecuteStatement": lambda: check(len(client.execute_statement(
        Statement=f'SELECT * FROM "{TABLE}" WHERE id = ?', Parameters=[{"S": "a"}])["Items"]) == 3),
    "BatchExecuteStatement": lambda: check(client.batch_execute_statement(Statements=[
        {"Statement": f"SELECT * FROM \"{TABLE}\" WHERE id = 't' AND sort = 1"}])["Responses"][0]["Item"] == key("t", 1)),
    "ExecuteTransaction": lambda: client.execute_transaction(TransactStatements=[
        {"Statement": f"UPDATE \"{TABLE}\" SET size = 3 WHERE id = 't' AND sort = 1"}]),
    "DeleteItem": lambda: check(client.delete_item(
        TableName=TABLE, Key=key("t", 1), ReturnValues="ALL_OLD")["Attributes"]["size"] == {"N": "3"}),
}
# What this version of boto3 does not know has no row.
calls = {name: call for name, call in calls.items() if name in client.meta.service_model.operation_names}
rows("DynamoDB", calls)


def resource():
    with table.batch_writer(overwrite_by_pkeys=["id", "sort"]) as batch:
        for n in range(60):
            batch.put_item(Item={"id": "r", "sort": n, "price": Decimal("1.50"), "set": {"x", "y"}})
    condition = Key("id").eq("r") & Key("sort").between(10, 19)
    found = table.query(KeyConditionExpression=condition, FilterExpression=Attr("price").gt(1))["Items"]
    check(len(found) == 10 and found[0]["price"] == Decimal("1.50") and found[0]["set"] == {"x", "y"})


rows("boto3", {
    "Table.batch_writer, Key, Attr": resource,
    "Table.get_item, update_item, delete_item": lambda: (
        check(table.get_item(Key={"id": "r", "sort": 1})["Item"]["sort"] == 1),
        table.update_item(Key={"id": "r", "sort": 1}, UpdateExpression="SET price = :p", ExpressionAttributeValues={":p": 2}),
        table.delete_item(Key={"id": "r", "sort": 1}, ConditionExpression=Attr("price").eq(2))),
    "waiters table_exists, table_not_exists": lambda: client.get_waiter("table_not_exists").wait(TableName="py-missing"),
})

stream_calls = {
    "ListStreams": lambda: check(
        seen["stream"] in [stream["StreamArn"] for stream in streams.list_streams(TableName=TABLE)["Streams"]]),
    "DescribeStream": lambda: seen.update(
        shard=streams.describe_stream(StreamArn=seen["stream"])["StreamDescription"]["Shards"][0]["ShardId"]),
    "GetShardIterator": lambda: seen.update(iterator=streams.get_shard_iterator(
        StreamArn=seen["stream"], ShardId=seen["shard"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]),
    "GetRecords": lambda: check(streams.get_records(ShardIterator=seen["iterator"])["Records"][0]["eventName"] == "INSERT"),
}
rows("DynamoDB Streams", stream_calls)

last = {"DeleteTable": lambda: (
    client.delete_table(TableName=TABLE),
    client.get_waiter("table_not_exists").wait(TableName=TABLE, WaiterConfig={"Delay": 1}))}
rows("DynamoDB", last)
others("DynamoDB", client, {**calls, **last}, TableName="py-other")
others("DynamoDB Streams", streams, stream_calls)
