using Esb.Objects.Errors;
using Esb.Objects.Locking;
using Esb.Objects.Requests;

namespace Esb.Objects.Access;

/// <summary>Checks the actions of one request at the moments at which they are known.</summary>
/// <param name="check">The policies of all buckets.</param>
/// <param name="call">The request.</param>
/// <param name="actions">The actions that its operation needs.</param>
internal sealed class RequestAccess(AccessCheck check, Call call, IReadOnlyList<RequiredAction> actions)
    : IRequestAccess
{
    private (string Bucket, string Key, string? Version)? _source;
    private S3Exception? _shown;

    /// <summary>Checks what is known before the operation runs.</summary>
    /// <param name="attachments">What a form asks to attach; null for what the headers ask.</param>
    /// <exception cref="S3Exception">AccessDenied.</exception>
    public void VerifyArrival(Attachments? attachments = null)
    {
        Verify(ActionMoment.Arrival, attachments ?? OfHeaders(call));
        // An early refusal, before a body is read.
        Verify(ActionMoment.Document, Attachments.None, isPreliminary: true);
        if (actions.Any(action => action.Moment == ActionMoment.EachKey))
            check.VerifyEntry(call);
    }

    /// <inheritdoc/>
    public void VerifyDocument(Attachments attachments) => Verify(ActionMoment.Document, attachments);

    /// <inheritdoc/>
    public void VerifyListed(string key, string? version, string? etag)
    {
        // The condition is in the list; the header that bypasses governance is for all of it.
        IHeaderDictionary headers = new HeaderDictionary();
        foreach (var (name, value) in call.Headers)
            headers[name] = value;
        headers.IfMatch = etag;
        foreach (var action in actions.Where(action => action.Applies(ActionMoment.EachKey, headers, version)))
            check.Verify(Request(action, key, version) with { IfMatch = etag });
    }

    /// <inheritdoc/>
    public void VerifySource(string bucket, string key, string? version)
    {
        _source = (bucket, key, version);
        foreach (var action in actions.Where(action => action.Applies(ActionMoment.Source, call.Headers, version)))
            check.Verify(new AccessRequest(call, action.ToString(), bucket, key, version));
    }

    /// <inheritdoc/>
    public void VerifySourceTags(IReadOnlyDictionary<string, string> tags)
    {
        var (bucket, key, version) = _source!.Value;
        foreach (var action in actions.Where(action => action.Applies(ActionMoment.SourceTags, call.Headers, version)))
        {
            check.Verify(action.IsOfSource
                ? new AccessRequest(call, action.ToString(), bucket, key, version)
                : Request(action, call.Target.Key, null) with { Attachments = OfHeaders(call) with { Tags = tags } });
        }
    }

    /// <inheritdoc/>
    public bool MayBeTold(string header) => actions
        .Where(action => action.Tells == header && action.Applies(ActionMoment.Answer, call.Headers, Version))
        .All(action => check.Allows(Request(action, call.Target.Key, Version)));

    /// <inheritdoc/>
    public S3Exception Shown(S3Exception error, string? bucket = null)
    {
        if (error == _shown || error.Code is not ("NoSuchKey" or "NoSuchVersion"))
            return error;
        var list = new AccessRequest(call, "s3:ListBucket", bucket ?? call.Target.Bucket!, null, null);
        return _shown = check.Allows(list) ? error : AccessErrors.AccessDenied();
    }

    private string? Version => call.Target.Query["versionId"];

    private void Verify(ActionMoment moment, Attachments attachments, bool isPreliminary = false)
    {
        foreach (var action in actions.Where(action => action.Applies(moment, call.Headers, Version)))
        {
            check.Verify(Request(action, call.Target.Key, Version) with
            {
                Attachments = attachments,
                IsPreliminary = isPreliminary,
            });
        }
    }

    private AccessRequest Request(RequiredAction action, string? key, string? version) =>
        new(call, action.ToString(), call.Target.Bucket ?? "", key, version)
        {
            Attachments = OfHeaders(call),
            IfMatch = call.Header("If-Match"),
        };

    private static Attachments OfHeaders(Call call) => new(
        QueryParameters.Parse(call.Header("x-amz-tagging") ?? "").All,
        call.Header(LockHeaders.Mode),
        call.Header(LockHeaders.Until),
        call.Header(LockHeaders.LegalHold));
}
