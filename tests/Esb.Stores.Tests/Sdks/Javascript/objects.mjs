// Every method of the client of S3.
import * as sdk from '@aws-sdk/client-s3';
import { all, assert, others, rejects, rows } from './rows.mjs';

const client = new sdk.S3Client({ forcePathStyle: true, maxAttempts: 1 });
const send = (name, input) => client.send(new sdk[`${name}Command`](input));
const Bucket = 'js-objects';
const Locked = 'js-locked';
const Key = 'folder/ä b+c.txt';
const text = async (answer) => answer.Body.transformToString();
const part = Buffer.alloc(5 * 1024 * 1024, 'p');
let version, UploadId, etags;

const calls = {
  CreateBucket: async () => {
    await send('CreateBucket', { Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
    await sdk.waitUntilBucketExists({ client, maxWaitTime: 60, minDelay: 1 }, { Bucket });
    await send('CreateBucket', { Bucket: Locked, ObjectLockEnabledForBucket: true });
  },
  HeadBucket: async () => {
    await send('HeadBucket', { Bucket });
    await rejects(send('HeadBucket', { Bucket: 'js-missing' }), 'NotFound');
  },
  ListBuckets: async () => {
    assert.ok((await send('ListBuckets', {})).Buckets.some((bucket) => bucket.Name === Bucket && bucket.CreationDate instanceof Date));
    assert.ok((await all(sdk.paginateListBuckets({ client, pageSize: 1 }, { Prefix: 'js-' }))).length >= 1);
  },
  GetBucketLocation: async () => assert.equal((await send('GetBucketLocation', { Bucket })).LocationConstraint, 'eu-west-1'),
  PutBucketVersioning: () => send('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
  GetBucketVersioning: async () => assert.equal((await send('GetBucketVersioning', { Bucket })).Status, 'Enabled'),
  PutBucketCors: () => send('PutBucketCors', { Bucket, CORSConfiguration: { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] } }),
  GetBucketCors: async () => assert.deepEqual((await send('GetBucketCors', { Bucket })).CORSRules[0].AllowedMethods, ['GET']),
  DeleteBucketCors: () => send('DeleteBucketCors', { Bucket }),
  PutBucketPolicy: () => send('PutBucketPolicy', {
    Bucket,
    Policy: JSON.stringify({
      Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/public/*` }],
    }),
  }),
  GetBucketPolicy: async () => assert.match((await send('GetBucketPolicy', { Bucket })).Policy, /public/),
  GetBucketPolicyStatus: async () => assert.equal((await send('GetBucketPolicyStatus', { Bucket })).PolicyStatus.IsPublic, true),
  DeleteBucketPolicy: () => send('DeleteBucketPolicy', { Bucket }),
  PutBucketTagging: () => send('PutBucketTagging', { Bucket, Tagging: { TagSet: [{ Key: 'team', Value: 'a' }] } }),
  GetBucketTagging: async () => assert.deepEqual((await send('GetBucketTagging', { Bucket })).TagSet, [{ Key: 'team', Value: 'a' }]),
  DeleteBucketTagging: () => send('DeleteBucketTagging', { Bucket }),
  PutBucketEncryption: () => send('PutBucketEncryption', {
    Bucket, ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
  }),
  GetBucketEncryption: async () => assert.equal((await send('GetBucketEncryption', { Bucket })).ServerSideEncryptionConfiguration.Rules.length, 1),
  DeleteBucketEncryption: () => send('DeleteBucketEncryption', { Bucket }),
  PutBucketLifecycleConfiguration: () => send('PutBucketLifecycleConfiguration', {
    Bucket, LifecycleConfiguration: { Rules: [{ ID: 'r', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 7 } }] },
  }),
  GetBucketLifecycleConfiguration: async () => assert.equal((await send('GetBucketLifecycleConfiguration', { Bucket })).Rules[0].Expiration.Days, 7),
  DeleteBucketLifecycle: () => send('DeleteBucketLifecycle', { Bucket }),
  PutBucketOwnershipControls: () => send('PutBucketOwnershipControls', { Bucket, OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } }),
  GetBucketOwnershipControls: async () =>
    assert.equal((await send('GetBucketOwnershipControls', { Bucket })).OwnershipControls.Rules[0].ObjectOwnership, 'BucketOwnerEnforced'),
  DeleteBucketOwnershipControls: () => send('DeleteBucketOwnershipControls', { Bucket }),
  PutPublicAccessBlock: () => send('PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration: { BlockPublicPolicy: true } }),
  GetPublicAccessBlock: async () => assert.equal((await send('GetPublicAccessBlock', { Bucket })).PublicAccessBlockConfiguration.BlockPublicPolicy, true),
  DeletePublicAccessBlock: () => send('DeletePublicAccessBlock', { Bucket }),
  PutObject: async () => {
    const put = { Bucket, Key, Body: 'one', ContentType: 'text/plain', Metadata: { who: 'me' }, Tagging: 'a=b', CacheControl: 'no-cache' };
    const { VersionId, ETag, ChecksumCRC32 } = await send('PutObject', put);
    assert.ok(VersionId && ETag && ChecksumCRC32);
    version = VersionId;
    for (const ChecksumAlgorithm of ['SHA256', 'SHA1', 'CRC32C', 'CRC64NVME']) await send('PutObject', { ...put, ChecksumAlgorithm });
    await sdk.waitUntilObjectExists({ client, maxWaitTime: 60, minDelay: 1 }, { Bucket, Key });
    await rejects(send('PutObject', { ...put, IfNoneMatch: '*' }), 'PreconditionFailed');
  },
  GetObject: async () => {
    assert.equal(await text(await send('GetObject', { Bucket, Key, ChecksumMode: 'ENABLED' })), 'one');
    const range = await send('GetObject', { Bucket, Key, Range: 'bytes=1-', VersionId: version, ResponseContentType: 'text/html' });
    assert.deepEqual([await text(range), range.ContentRange, range.ContentType, range.Metadata], ['ne', 'bytes 1-2/3', 'text/html', { who: 'me' }]);
    await rejects(send('GetObject', { Bucket, Key: 'missing' }), 'NoSuchKey');
  },
  HeadObject: async () => {
    const { ContentLength, LastModified } = await send('HeadObject', { Bucket, Key });
    assert.equal(ContentLength, 3);
    const unchanged = await send('HeadObject', { Bucket, Key, IfModifiedSince: new Date(LastModified.getTime() + 1000) }).catch((e) => e);
    assert.equal(unchanged.$metadata.httpStatusCode, 304);
  },
  CopyObject: async () => {
    const CopySource = encodeURI(`${Bucket}/${Key}?versionId=`).replaceAll('+', '%2B') + version;
    assert.ok((await send('CopyObject', { Bucket, Key: 'copy', CopySource })).CopyObjectResult.ETag);
    const { CacheControl } = await send('HeadObject', { Bucket, Key: 'copy' });
    assert.equal(CacheControl, 'no-cache');
  },
  GetObjectTagging: async () => assert.deepEqual((await send('GetObjectTagging', { Bucket, Key })).TagSet, [{ Key: 'a', Value: 'b' }]),
  PutObjectTagging: () => send('PutObjectTagging', { Bucket, Key, Tagging: { TagSet: [{ Key: 'c', Value: 'd' }] } }),
  DeleteObjectTagging: () => send('DeleteObjectTagging', { Bucket, Key, VersionId: version }),
  ListObjects: async () => {
    const { CommonPrefixes, Contents } = await send('ListObjects', { Bucket, Delimiter: '/' });
    assert.deepEqual([CommonPrefixes[0].Prefix, Contents[0].Key], ['folder/', 'copy']);
  },
  ListObjectsV2: async () => {
    const pages = await all(sdk.paginateListObjectsV2({ client, pageSize: 1 }, { Bucket }));
    assert.deepEqual(pages.flatMap((page) => page.Contents ?? []).map((object) => object.Key), ['copy', Key]);
  },
  ListObjectVersions: async () => assert.equal((await send('ListObjectVersions', { Bucket, Prefix: 'folder/' })).Versions.length, 5),
  CreateMultipartUpload: async () => {
    UploadId = (await send('CreateMultipartUpload', { Bucket, Key: 'parts' })).UploadId;
  },
  UploadPart: async () => {
    etags = [(await send('UploadPart', { Bucket, Key: 'parts', UploadId, PartNumber: 1, Body: part })).ETag];
  },
  UploadPartCopy: async () => {
    const copy = { Bucket, Key: 'parts', UploadId, PartNumber: 2, CopySource: `${Bucket}/copy`, CopySourceRange: 'bytes=0-1' };
    etags.push((await send('UploadPartCopy', copy)).CopyPartResult.ETag);
  },
  ListParts: async () => assert.equal((await all(sdk.paginateListParts({ client, pageSize: 1 }, { Bucket, Key: 'parts', UploadId }))).length, 2),
  ListMultipartUploads: async () => assert.equal((await send('ListMultipartUploads', { Bucket })).Uploads[0].UploadId, UploadId),
  CompleteMultipartUpload: async () => {
    const Parts = etags.map((ETag, i) => ({ ETag, PartNumber: i + 1 }));
    const { ETag } = await send('CompleteMultipartUpload', { Bucket, Key: 'parts', UploadId, MultipartUpload: { Parts } });
    assert.match(ETag, /-2"$/);
    assert.equal((await send('HeadObject', { Bucket, Key: 'parts', PartNumber: 1 })).ContentLength, part.length);
  },
  AbortMultipartUpload: async () => {
    const upload = await send('CreateMultipartUpload', { Bucket, Key: 'aborted' });
    await send('AbortMultipartUpload', { Bucket, Key: 'aborted', UploadId: upload.UploadId });
    await rejects(send('ListParts', { Bucket, Key: 'aborted', UploadId: upload.UploadId }), 'NoSuchUpload');
  },
  PutObjectLockConfiguration: () => send('PutObjectLockConfiguration', {
    Bucket: Locked, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } },
  }),
  GetObjectLockConfiguration: async () =>
    assert.equal((await send('GetObjectLockConfiguration', { Bucket: Locked })).ObjectLockConfiguration.Rule.DefaultRetention.Days, 1),
  PutObjectRetention: async () => {
    await send('PutObject', { Bucket: Locked, Key: 'kept', Body: 'x' });
    await send('PutObjectRetention', { Bucket: Locked, Key: 'kept', Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date(Date.now() + 2 * 86_400_000) } });
  },
  GetObjectRetention: async () => assert.equal((await send('GetObjectRetention', { Bucket: Locked, Key: 'kept' })).Retention.Mode, 'GOVERNANCE'),
  PutObjectLegalHold: () => send('PutObjectLegalHold', { Bucket: Locked, Key: 'kept', LegalHold: { Status: 'ON' } }),
  GetObjectLegalHold: async () => {
    assert.equal((await send('GetObjectLegalHold', { Bucket: Locked, Key: 'kept' })).LegalHold.Status, 'ON');
    await send('PutObjectLegalHold', { Bucket: Locked, Key: 'kept', LegalHold: { Status: 'OFF' } });
  },
  DeleteObject: async () => {
    assert.equal((await send('DeleteObject', { Bucket, Key })).DeleteMarker, true);
    await sdk.waitUntilObjectNotExists({ client, maxWaitTime: 60, minDelay: 1 }, { Bucket, Key });
  },
  DeleteObjects: async () => {
    for (const [name, BypassGovernanceRetention] of [[Bucket, undefined], [Locked, true]]) {
      const { Versions, DeleteMarkers } = await send('ListObjectVersions', { Bucket: name });
      const Objects = [...Versions, ...(DeleteMarkers ?? [])].map(({ Key, VersionId }) => ({ Key, VersionId }));
      const { Deleted, Errors } = await send('DeleteObjects', { Bucket: name, Delete: { Objects }, BypassGovernanceRetention });
      assert.deepEqual([Deleted.length, Errors], [Objects.length, undefined]);
    }
  },
  DeleteBucket: async () => {
    await send('DeleteBucket', { Bucket });
    await sdk.waitUntilBucketNotExists({ client, maxWaitTime: 60, minDelay: 1 }, { Bucket });
    await send('DeleteBucket', { Bucket: Locked });
  },
};
await rows('S3', calls);

const Other = 'js-other';
await send('CreateBucket', { Bucket: Other });
// WriteGetObjectResponse goes to the host of another service, S3 Object Lambda.
await others('S3', sdk, client, { ...calls, WriteGetObjectResponse: null }, { Bucket: Other, Key: 'k', Id: 'x', Body: '', UploadId: 'x' });
await send('DeleteBucket', { Bucket: Other });
