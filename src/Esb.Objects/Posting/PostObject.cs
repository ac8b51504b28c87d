using System.Text;
using Esb.Objects.Access;
using Esb.Objects.Errors;
using Esb.Objects.Locking;
using Esb.Objects.Objects;
using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Signing;
using Esb.Objects.Storage;
using Esb.Signatures;

namespace Esb.Objects.Posting;

/// <summary>
/// PostObject: a page lets its visitor's browser upload a file, under a policy that was signed elsewhere.
/// </summary>
internal sealed class PostObject(
    BucketCatalog catalog, AccessCheck access, Credentials? credentials, TimeProvider clock)
{
    private const string PolicyField = "policy";
    private const string FileNameVariable = "${filename}";

    /// <summary>Whether this is such a request: its signature, if one is needed, is in the body.</summary>
    public static bool Is(HttpRequest request, Target target) =>
        target is { Bucket: not null, Key: null }
            && request.Headers.Authorization.Count == 0
            && SubResource.Of(target.Query) is null
            && PostForm.Is(request);

    public async Task AnswerAsync(HttpContext http, Target target, CancellationToken cancellation)
    {
        var bucket = catalog.Require(target.Bucket!);
        using var held = new DocumentBuffer(DocumentRoom.Forms);
        var form = await PostForm.ReadAsync(http.Request, held, cancellation);
        var key = KeyOf(form);
        var isAnonymous = credentials is not null && form.Field(PolicyField) is null;
        var policy = Allowed(form, bucket.Name, key);
        var headers = HeadersOf(form);
        var description = ObjectDescription.From(headers);
        var tags =
            form.Field("tagging") is { } document ? TagSet.FromXml(Encoding.UTF8.GetBytes(document)) : description.Tags;
        var authentication = isAnonymous ? Authentication.Anonymous : Authentication.NotRequired with
        {
            Signed = credentials is null ? null : PostSignature.FactsOf(form.Field),
        };
        new RequestAccess(
            access,
            new Call(http, headers, target with { Key = key }, authentication, ""),
            OperationActions.OfForms).VerifyArrival(new Attachments(tags));
        var expected = ExpectedChecksum.From(headers);

        using var content = bucket.NewTemporaryFile();
        var received = await ReceiveAsync(
            form, content, expected, policy?.LargestFile ?? RequestBody.LargestUpload, cancellation);
        if (received.Size < policy?.SmallestFile)
            throw PostErrors.TooSmall(received.Size, policy.SmallestFile);
        var metadata = new ObjectMetadata
        {
            Key = key,
            Size = received.Size,
            ETag = received.ETag,
            LastModified = clock.GetUtcNow(),
            Headers = description.Headers,
            UserMetadata = description.UserMetadata,
            Tags = tags,
            Checksum = received.Checksum,
        };
        var made = bucket.Commit(content, metadata, WriteCondition.None);
        await PostAnswer.SendAsync(http, form, bucket.Name, made, cancellation);
    }

    private static string KeyOf(PostForm form)
    {
        var key = form.Field("key") ?? throw PostErrors.MissingField("key");
        // The length is checked before the file name is inserted, because the field may contain its placeholder a
        // thousand times.
        if (key.Length > S3Request.MaxKeyBytes || form.FileName.Length > S3Request.MaxKeyBytes)
            throw S3Errors.KeyTooLong();
        key = key.Replace(FileNameVariable, form.FileName, StringComparison.Ordinal);
        return Encoding.UTF8.GetByteCount(key) switch
        {
            0 => throw PostErrors.MissingField("key"),
            > S3Request.MaxKeyBytes => throw S3Errors.KeyTooLong(),
            _ => key,
        };
    }

    // Null when the form has no policy: the store requires no signatures, or the bucket's policy admits everybody.
    private PostPolicy? Allowed(PostForm form, string bucket, string key)
    {
        if (form.Field(PolicyField) is not { } encoded)
            return null;
        if (credentials is not null)
            PostSignature.Verify(encoded, form.Field, credentials);
        var policy = PostPolicy.Parse(encoded);
        policy.Verify(form, bucket, key, clock.GetUtcNow());
        return policy;
    }

    // The fields that would be headers of a PUT. Their bytes are UTF-8, as there. Fields about the form itself have no
    // meaning as headers.
    private static HeaderDictionary HeadersOf(PostForm form)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in form.Fields)
        {
            if (HeaderText.IsName(name))
                headers[name] = HeaderText.FromUnicode(value);
            else if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase))
                throw S3Errors.InvalidArgument(name, value, "The name of the field is not a header name.");
        }

        if (form.Field("acl") is { } list)
            headers[HeaderRules.AccessControlList] = list;
        // Otherwise the field would be read as the tags of a PUT.
        headers.Remove("x-amz-tagging");
        HeaderRules.Verify(headers);
        HeaderRules.Refuse(headers, LockHeaders.OfWrites);
        return headers;
    }

    private static async Task<ReceivedContent> ReceiveAsync(
        PostForm form,
        TemporaryFile content,
        ExpectedChecksum? expected,
        long limit,
        CancellationToken cancellation)
    {
        using var digests = new ContentDigests(expected?.Algorithm);
        await ContentCopy.RunAsync(form, content.Stream, digests, limit, cancellation);
        var received = digests.Finish();
        expected?.Verify(received.Checksum!, new Dictionary<string, string>());
        return received;
    }
}
