"""Every method of the client of S3, and the helpers of boto3."""
import io
import json
import os
import tempfile
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from rows import STORES, check, others, refused, rows

client = boto3.client("s3", **STORES)
BUCKET, LOCKED, KEY = "py-objects", "py-locked", "folder/ä b+c.txt"
PART = b"p" * 5 * 1024 * 1024
seen = {}


def create_bucket():
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    client.create_bucket(
        Bucket=LOCKED, ObjectLockEnabledForBucket=True, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    client.get_waiter("bucket_exists").wait(Bucket=BUCKET)


def put_object():
    put = {"Bucket": BUCKET, "Key": KEY, "Body": b"one", "ContentType": "text/plain", "Metadata": {"who": "me"}, "Tagging": "a=b"}
    seen["version"] = client.put_object(**put)["VersionId"]
    for algorithm in ["CRC32", "SHA1", "SHA256"]:
        check(client.put_object(**put, ChecksumAlgorithm=algorithm)[f"Checksum{algorithm}"])
    client.get_waiter("object_exists").wait(Bucket=BUCKET, Key=KEY)


def get_object():
    got = client.get_object(Bucket=BUCKET, Key=KEY, Range="bytes=1-", VersionId=seen["version"], ResponseContentType="text/html")
    check([got["Body"].read(), got["ContentRange"], got["ContentType"], got["Metadata"]] == [b"ne", "bytes 1-2/3", "text/html", {"who": "me"}])
    check(client.get_object(Bucket=BUCKET, Key=KEY, ChecksumMode="ENABLED")["Body"].read() == b"one")
    refused("NoSuchKey", client.get_object, Bucket=BUCKET, Key="missing")


def delete_objects():
    for bucket, bypass in [(BUCKET, {}), (LOCKED, {"BypassGovernanceRetention": True})]:
        for page in client.get_paginator("list_object_versions").paginate(Bucket=bucket):
            found = page.get("Versions", []) + page.get("DeleteMarkers", [])
            objects = [{"Key": version["Key"], "VersionId": version["VersionId"]} for version in found]
            answer = client.delete_objects(Bucket=bucket, Delete={"Objects": objects}, **bypass)
            check("Errors" not in answer and len(answer["Deleted"]) == len(objects))


def delete_bucket():
    client.delete_bucket(Bucket=BUCKET)
    client.get_waiter("bucket_not_exists").wait(Bucket=BUCKET)
    client.delete_bucket(Bucket=LOCKED)


POLICY = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{BUCKET}/public/*"}]}
UPLOAD = {"Bucket": BUCKET, "Key": "parts"}

calls = {
    "CreateBucket": create_bucket,
    "HeadBucket": lambda: (client.head_bucket(Bucket=BUCKET), refused("404", client.head_bucket, Bucket="py-missing")),
    "ListBuckets": lambda: check(BUCKET in [bucket["Name"] for bucket in client.list_buckets()["Buckets"]]),
    "GetBucketLocation": lambda: check(client.get_bucket_location(Bucket=BUCKET)["LocationConstraint"] == "eu-west-1"),
    "PutBucketVersioning": lambda: client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"}),
    "GetBucketVersioning": lambda: check(client.get_bucket_versioning(Bucket=BUCKET)["Status"] == "Enabled"),
    "PutBucketCors": lambda: client.put_bucket_cors(
        Bucket=BUCKET, CORSConfiguration={"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]}),
    "GetBucketCors": lambda: check(client.get_bucket_cors(Bucket=BUCKET)["CORSRules"][0]["AllowedMethods"] == ["GET"]),
    "DeleteBucketCors": lambda: client.delete_bucket_cors(Bucket=BUCKET),
    "PutBucketPolicy": lambda: client.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(POLICY)),
    "GetBucketPolicy": lambda: check(json.loads(client.get_bucket_policy(Bucket=BUCKET)["Policy"]) == POLICY),
    "GetBucketPolicyStatus": lambda: check(client.get_bucket_policy_status(Bucket=BUCKET)["PolicyStatus"]["IsPublic"]),
    "DeleteBucketPolicy": lambda: client.delete_bucket_policy(Bucket=BUCKET),
    "PutBucketTagging": lambda: client.put_bucket_tagging(Bucket=BUCKET, Tagging={"TagSet": [{"Key": "team", "Value": "a"}]}),
    "GetBucketTagging": lambda: check(client.get_bucket_tagging(Bucket=BUCKET)["TagSet"] == [{"Key": "team", "Value": "a"}]),
    "DeleteBucketTagging": lambda: client.delete_bucket_tagging(Bucket=BUCKET),
    "PutBucketEncryption": lambda: client.put_bucket_encryption(Bucket=BUCKET, ServerSideEncryptionConfiguration={
        "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}),
    "GetBucketEncryption": lambda: check(client.get_bucket_encryption(Bucket=BUCKET)["ServerSideEncryptionConfiguration"]["Rules"]),
    "DeleteBucketEncryption": lambda: client.delete_bucket_encryption(Bucket=BUCKET),
    "PutBucketLifecycleConfiguration": lambda: client.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={
        "Rules": [{"ID": "r", "Status": "Enabled", "Filter": {"Prefix": "tmp/"}, "Expiration": {"Days": 7}}]}),
    "GetBucketLifecycleConfiguration": lambda: check(
        client.get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"][0]["Expiration"] == {"Days": 7}),
    # The methods that came before rules had filters; botocore sends the same requests.
    "PutBucketLifecycle": lambda: client.put_bucket_lifecycle(Bucket=BUCKET, LifecycleConfiguration={
        "Rules": [{"ID": "r", "Status": "Enabled", "Prefix": "tmp/", "Expiration": {"Days": 8}}]}),
    "GetBucketLifecycle": lambda: check(client.get_bucket_lifecycle(Bucket=BUCKET)["Rules"][0]["Expiration"] == {"Days": 8}),
    "DeleteBucketLifecycle": lambda: client.delete_bucket_lifecycle(Bucket=BUCKET),
    "PutBucketOwnershipControls": lambda: client.put_bucket_ownership_controls(
        Bucket=BUCKET, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}),
    "GetBucketOwnershipControls": lambda: check(client.get_bucket_ownership_controls(Bucket=BUCKET)["OwnershipControls"]["Rules"]),
    "DeleteBucketOwnershipControls": lambda: client.delete_bucket_ownership_controls(Bucket=BUCKET),
    "PutPublicAccessBlock": lambda: client.put_public_access_block(
        Bucket=BUCKET, PublicAccessBlockConfiguration={"BlockPublicPolicy": True}),
    "GetPublicAccessBlock": lambda: check(
        client.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"]["BlockPublicPolicy"]),
    "DeletePublicAccessBlock": lambda: client.delete_public_access_block(Bucket=BUCKET),
    "PutObject": put_object,
    "GetObject": get_object,
    "HeadObject": lambda: check(client.head_object(Bucket=BUCKET, Key=KEY)["ContentLength"] == 3),
    "CopyObject": lambda: check(client.copy_object(Bucket=BUCKET, Key="copy", CopySource={
        "Bucket": BUCKET, "Key": KEY, "VersionId": seen["version"]})["CopyObjectResult"]["ETag"]),
    "GetObjectTagging": lambda: check(client.get_object_tagging(Bucket=BUCKET, Key=KEY)["TagSet"] == [{"Key": "a", "Value": "b"}]),
    "PutObjectTagging": lambda: client.put_object_tagging(Bucket=BUCKET, Key=KEY, Tagging={"TagSet": [{"Key": "c", "Value": "d"}]}),
    "DeleteObjectTagging": lambda: client.delete_object_tagging(Bucket=BUCKET, Key=KEY, VersionId=seen["version"]),
    "ListObjects": lambda: check(client.list_objects(Bucket=BUCKET, Delimiter="/")["CommonPrefixes"] == [{"Prefix": "folder/"}]),
    "ListObjectsV2": lambda: check([found["Key"] for page in client.get_paginator("list_objects_v2").paginate(
        Bucket=BUCKET, PaginationConfig={"PageSize": 1}) for found in page.get("Contents", [])] == ["copy", KEY]),
    "ListObjectVersions": lambda: check(sum(len(page["Versions"]) for page in client.get_paginator("list_object_versions").paginate(
        Bucket=BUCKET, PaginationConfig={"PageSize": 2})) == 5),
    "CreateMultipartUpload": lambda: UPLOAD.update(UploadId=client.create_multipart_upload(**UPLOAD)["UploadId"]),
    "UploadPart": lambda: seen.update(first=client.upload_part(**UPLOAD, PartNumber=1, Body=PART)["ETag"]),
    "UploadPartCopy": lambda: seen.update(second=client.upload_part_copy(
        **UPLOAD, PartNumber=2, CopySource={"Bucket": BUCKET, "Key": "copy"}, CopySourceRange="bytes=0-1")["CopyPartResult"]["ETag"]),
    "ListParts": lambda: check([part["PartNumber"] for page in client.get_paginator("list_parts").paginate(
        **UPLOAD, PaginationConfig={"PageSize": 1}) for part in page["Parts"]] == [1, 2]),
    "ListMultipartUploads": lambda: check(client.list_multipart_uploads(Bucket=BUCKET)["Uploads"][0]["UploadId"] == UPLOAD["UploadId"]),
    "CompleteMultipartUpload": lambda: check(client.complete_multipart_upload(**UPLOAD, MultipartUpload={"Parts": [
        {"PartNumber": 1, "ETag": seen["first"]}, {"PartNumber": 2, "ETag": seen["second"]}]})["ETag"].endswith('-2"')),
    "AbortMultipartUpload": lambda: client.abort_multipart_upload(
        Bucket=BUCKET, Key="aborted", UploadId=client.create_multipart_upload(Bucket=BUCKET, Key="aborted")["UploadId"]),
    "PutObjectLockConfiguration": lambda: client.put_object_lock_configuration(Bucket=LOCKED, ObjectLockConfiguration={
        "ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}}),
    "GetObjectLockConfiguration": lambda: check(client.get_object_lock_configuration(
        Bucket=LOCKED)["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]["Days"] == 1),
    "PutObjectRetention": lambda: (
        client.put_object(Bucket=LOCKED, Key="kept", Body=b"x", ChecksumAlgorithm="SHA256"),
        client.put_object_retention(
            Bucket=LOCKED, Key="kept", Retention={"Mode": "GOVERNANCE", "RetainUntilDate": "2100-01-01T00:00:00Z"})),
    "GetObjectRetention": lambda: check(client.get_object_retention(Bucket=LOCKED, Key="kept")["Retention"]["RetainUntilDate"].year == 2100),
    "PutObjectLegalHold": lambda: client.put_object_legal_hold(Bucket=LOCKED, Key="kept", LegalHold={"Status": "ON"}),
    "GetObjectLegalHold": lambda: (
        check(client.get_object_legal_hold(Bucket=LOCKED, Key="kept")["LegalHold"] == {"Status": "ON"}),
        client.put_object_legal_hold(Bucket=LOCKED, Key="kept", LegalHold={"Status": "OFF"})),
    "DeleteObject": lambda: (
        check(client.delete_object(Bucket=BUCKET, Key=KEY)["DeleteMarker"]),
        client.get_waiter("object_not_exists").wait(Bucket=BUCKET, Key=KEY)),
}


def transfer():
    content = os.urandom(17 * 1024 * 1024)
    config = TransferConfig(multipart_threshold=5 * 1024 * 1024, multipart_chunksize=5 * 1024 * 1024)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "file")
        with open(path, "wb") as file:
            file.write(content)
        client.upload_file(path, BUCKET, "large", Config=config, ExtraArgs={"Metadata": {"a": "b"}})
        client.copy({"Bucket": BUCKET, "Key": "large"}, BUCKET, "large copy", Config=config)
        client.download_file(BUCKET, "large copy", path, Config=config)
        with open(path, "rb") as file:
            check(file.read() == content)


def presigned():
    # Virtual hosts would need a name for each bucket; version 4 is what is current.
    signer = boto3.client("s3", **STORES, config=Config(signature_version="s3v4", s3={"addressing_style": "path"}))
    url = signer.generate_presigned_url("put_object", {"Bucket": BUCKET, "Key": "signed", "ContentType": "text/plain"})
    request = urllib.request.Request(url, b"signed", {"Content-Type": "text/plain"}, method="PUT")
    check(urllib.request.urlopen(request).status == 200)
    url = signer.generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": "signed"})
    check(urllib.request.urlopen(url).read() == b"signed")


def posted():
    form = client.generate_presigned_post(BUCKET, "posted/${filename}", Fields={"acl": "private"}, Conditions=[{"acl": "private"}])
    lines = [f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in form["fields"].items()]
    lines.append('--b\r\nContent-Disposition: form-data; name="file"; filename="f.txt"\r\n\r\nposted\r\n--b--\r\n')
    urllib.request.urlopen(urllib.request.Request(
        form["url"], "".join(lines).encode(), {"Content-Type": "multipart/form-data; boundary=b"}))
    check(client.get_object(Bucket=BUCKET, Key="posted/f.txt")["Body"].read() == b"posted")


def resource():
    bucket = boto3.resource("s3", **STORES).Bucket(BUCKET)
    bucket.upload_fileobj(io.BytesIO(b"x"), "from/resource")
    check([found.key for found in bucket.objects.filter(Prefix="from/")] == ["from/resource"])
    check(bucket.Object("from/resource").get()["Body"].read() == b"x")
    bucket.object_versions.filter(Prefix="from/").delete()
    check(not list(bucket.objects.filter(Prefix="from/")))


last = {"DeleteObjects": delete_objects, "DeleteBucket": delete_bucket}
rows("S3", calls)
rows("boto3", {
    "upload_file, copy, download_file": transfer,
    "generate_presigned_url": presigned,
    "generate_presigned_post": posted,
    "Bucket, Object, object_versions": resource,
})
rows("S3", last)
client.create_bucket(Bucket="py-other", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
# It goes to the host of another service, S3 Object Lambda.
others("S3", client, {**calls, **last, "WriteGetObjectResponse": None}, Bucket="py-other")
client.delete_bucket(Bucket="py-other")
